import tensorflow as tf

A = tf.constant([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]], tf.float64)
b = tf.constant([1.0, 2.0, 3.0], tf.float64)
x = tf.zeros(3, tf.float64)
r = b - tf.linalg.matvec(A, x)
p = r
rs = tf.tensordot(r, r, 1)
steps = 0
while tf.sqrt(rs) > 1e-10 and steps < 10:
    Ap = tf.linalg.matvec(A, p)
    alpha = rs / tf.tensordot(p, Ap, 1)
    x = x + alpha * p
    r = r - alpha * Ap
    rs_new = tf.tensordot(r, r, 1)
    p = r + (rs_new / rs) * p
    rs = rs_new
    steps += 1
print(x.numpy(), steps)
