import tensorflow as tf

x = tf.constant([10.0, 20.0, 30.0, 40.0], tf.float64)
order = tf.cast(tf.argsort(-x, stable=True), tf.int64)
print(tf.gather(x, order).numpy(), tf.gather(x, [0, 2]).numpy())
m = tf.reshape(tf.range(12.0, dtype=tf.float64), [3, 4])
picked = tf.gather_nd(m, tf.stack([tf.constant([0, 2], tf.int64), tf.constant([1, 3], tf.int64)], -1))
columns = tf.gather(m, [0, 3], axis=1)
x = tf.tensor_scatter_nd_update(x, [[1], [3]], tf.broadcast_to(tf.constant(0.0, tf.float64), [2]))
print(picked.numpy(), columns.numpy(), x.numpy())
