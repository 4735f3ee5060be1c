"""Linear regression with Adam and a cosine schedule."""
import math
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(1)
true_w = tf.constant([1.5, -2.0, 0.5], tf.float64)
X = tf.convert_to_tensor(rng.normal(0.0, 1.0, (64, 3)))
y = tf.linalg.matvec(X, true_w) + 0.1 * tf.convert_to_tensor(rng.normal(0.0, 1.0, 64))

w = tf.zeros(3, tf.float64)
m = tf.zeros_like(w)
v = tf.zeros_like(w)
losses = []
for t in range(1, 121):
    residual = tf.linalg.matvec(X, w) - y
    gradient = tf.linalg.matvec(2.0 * tf.transpose(X), residual) / len(y)
    gradient = tf.clip_by_value(gradient, -5.0, 5.0)
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * tf.square(gradient)
    m_hat = m / (1.0 - tf.pow(tf.constant(0.9, tf.float64), t))
    v_hat = v / (1.0 - tf.pow(tf.constant(0.999, tf.float64), t))
    rate = 0.05 * (1.0 + tf.cos(tf.constant(math.pi * t / 120, tf.float64))) + 0.01
    w = w - rate * m_hat / (tf.sqrt(v_hat) + 1e-8)
    losses.append(tf.reduce_mean(tf.square(residual)))
losses = tf.stack(losses)
print((tf.round(w * 1e4) / 1e4).numpy())
print("first", (tf.round(losses[0] * 1e5) / 1e5).numpy(), "last", (tf.round(losses[-1] * 1e5) / 1e5).numpy(), "best at", tf.argmin(losses).numpy())
print("close", bool(tf.reduce_all(tf.abs(w - true_w) <= 0.1 + 1e-05 * tf.abs(true_w))), "falling", (tf.reduce_mean(tf.cast((losses[1:] - losses[:-1]) < 0, tf.float64)) > 0.5).numpy())
