"""Gauss-Seidel and conjugate gradients on one system."""
import tensorflow as tf

A = tf.constant([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]], tf.float64)
b = tf.constant([1.0, 2.0, 3.0], tf.float64)
lower = tf.linalg.band_part(A, -1, 0)
D = tf.linalg.diag_part(A)
x = tf.zeros(3, tf.float64)
for sweep in range(30):
    for i in range(3):
        x = tf.tensor_scatter_nd_update(x, [[i]], [(b[i] - tf.reduce_sum(A[i] * x) + A[i, i] * x[i]) / D[i]])
print("gauss-seidel", (tf.round(x * 1e8) / 1e8).numpy())
y = tf.zeros_like(b)
r = b - tf.linalg.matvec(A, y)
p = r
while tf.reduce_any(tf.abs(r) > 1e-12):
    step = tf.tensordot(r, r, 1) / tf.tensordot(tf.tensordot(p, A, 1), p, 1)
    y = y + step * p
    new = r - step * tf.linalg.matvec(A, p)
    p = new + tf.tensordot(new, new, 1) / tf.tensordot(r, r, 1) * p
    r = new
print("conjugate gradients", (tf.round(y * 1e8) / 1e8).numpy(), "agree", bool(tf.reduce_all(tf.abs(x - y) <= 1e-08 + 1e-05 * tf.abs(y))))
dominant = tf.reduce_all(2 * tf.abs(D) > tf.reduce_sum(tf.abs(A), axis=1))
print("dominant", dominant.numpy(), "trace", tf.linalg.trace(A).numpy(), "symmetric", bool(tf.reduce_all(A == tf.transpose(A))))
