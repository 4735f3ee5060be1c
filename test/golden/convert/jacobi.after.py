import tensorflow as tf


def jacobi(A, b, count):
    d = tf.linalg.diag_part(A)
    R = A - tf.linalg.diag(d)
    x = tf.zeros_like(b)
    for i in range(count):
        x = (b - tf.linalg.matvec(R, x)) / d
    return x


A = tf.constant([[10.0, 1.0, 2.0], [1.0, 8.0, 1.0], [2.0, 1.0, 9.0]], tf.float64)
b = tf.constant([1.0, 2.0, 3.0], tf.float64)
print(jacobi(A, b, 25).numpy())
