"""Laplace's equation on a plate by Jacobi iteration, stopped by the residual."""
import tensorflow as tf

n = 12
u = tf.zeros((n, n), tf.float64)
u = tf.tensor_scatter_nd_update(u, [[0]], [tf.broadcast_to(tf.constant(100.0, tf.float64), u.shape[1:])])
fixed = tf.Variable(tf.zeros((n, n), tf.bool))
fixed[0, :].assign(tf.constant(True, tf.bool))
fixed[-1, :].assign(tf.constant(True, tf.bool))
fixed[:, 0].assign(tf.constant(True, tf.bool))
fixed[:, -1].assign(tf.constant(True, tf.bool))

for iteration in range(500):
    average = 0.25 * (tf.roll(u, 1, axis=0) + tf.roll(u, -1, axis=0) + tf.roll(u, 1, axis=1) + tf.roll(u, -1, axis=1))
    updated = tf.where(fixed, u, average)
    residual = tf.reduce_max(tf.abs(tf.subtract(updated, u)))
    u = updated
    if residual < 1e-4:
        break

print("iterations", iteration + 1)
print("centre", (tf.round(u[n // 2, n // 2] * 1e4) / 1e4).numpy())
print("symmetric", bool(tf.reduce_all(tf.abs(u - tf.reverse(u, [1])) <= 1e-08 + 1e-05 * tf.abs(tf.reverse(u, [1])))))
print((tf.round(tf.reduce_mean(u, axis=1) * 1000.0) / 1000.0).numpy())
