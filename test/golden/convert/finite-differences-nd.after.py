"""Derivatives on a grid: gradient, Laplacian, divergence, and their errors."""
import tensorflow as tf

n = 21
x = tf.linspace(tf.constant(-1.0, tf.float64), 1.0, n)
h = x[1] - x[0]
X, Y = tf.meshgrid(x, x, indexing="ij")
f = tf.exp(-tf.pow(X, 2) - tf.pow(Y, 2))


def derivative(values, axis, h):
    inner = (tf.roll(values, -1, axis=axis) - tf.roll(values, 1, axis=axis)) / (2 * h)
    return inner


fx, fy = derivative(f, 0, h), derivative(f, 1, h)
exact = (-2.0 * X) * f
inside = (slice(1, -1), slice(1, -1))
error = tf.abs(fx - exact)[1:-1, 1:-1]
print("gradient error", (tf.round(tf.reduce_max(error) * 1e6) / 1e6).numpy())
laplacian = (tf.roll(f, 1, axis=0) + tf.roll(f, -1, axis=0) + tf.roll(f, 1, axis=1) + tf.roll(f, -1, axis=1) - 4.0 * f) / h ** 2
exact = (4.0 * (X ** 2 + Y ** 2) - 4.0) * f
error = tf.abs(laplacian - exact)[1:-1, 1:-1]
print("laplacian error", (tf.round(tf.reduce_max(error) * 1e5) / 1e5).numpy(), "at", tf.argmax(tf.reshape(error, [-1])).numpy())
speed = tf.sqrt(tf.square(fx) + tf.square(fy))
steepest = tf.argmax(tf.reshape(speed[1:-1, 1:-1], [-1]))
print("steepest", steepest.numpy(), (tf.round(tf.reduce_max(speed[1:-1, 1:-1]) * 1e6) / 1e6).numpy())
print("symmetric", bool(tf.reduce_all(tf.abs(f - tf.transpose(f)) <= 1e-08 + 1e-05 * tf.abs(tf.transpose(f)))), bool(tf.reduce_all(tf.abs(f - tf.reverse(f, [0])) <= 1e-08 + 1e-05 * tf.abs(tf.reverse(f, [0])))))
