import tensorflow as tf

A = tf.constant([[2.0, 1.0], [1.0, 3.0]], tf.float64)
v = tf.ones(2, tf.float64)
for i in range(50):
    w = tf.linalg.matvec(A, v)
    v = w / tf.norm(w)
eigenvalue = tf.tensordot(tf.tensordot(v, A, 1), v, 1)
print("eigenvalue", eigenvalue.numpy(), v.numpy())
