import tensorflow as tf

n = 50
t = tf.linspace(tf.constant(0.0, tf.float64), 5.0, n)
y = tf.zeros(n, tf.float64)
y = tf.tensor_scatter_nd_update(y, [[0]], [1.0])
h = t[1] - t[0]
for i in range(1, n):
    y = tf.tensor_scatter_nd_update(y, [[i]], [y[i - 1] - h * 0.7 * y[i - 1]])
error = tf.reduce_max(tf.abs(y - tf.exp(-0.7 * t)))
print("error", error.numpy())
