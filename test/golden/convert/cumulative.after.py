import tensorflow as tf

x = tf.constant([1.0, 2.0, 3.0, 4.0], tf.float64)
total = tf.zeros(4, tf.float64)
running = 0.0
for i in range(4):
    running += x[i]
    total = tf.tensor_scatter_nd_update(total, [[i]], [running])
print(total.numpy())
