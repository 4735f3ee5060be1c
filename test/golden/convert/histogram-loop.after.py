import tensorflow as tf

values = tf.constant([0, 2, 1, 2, 2, 0, 1], tf.int64)
bins = tf.zeros(3, tf.int64)
for v in values:
    bins = tf.tensor_scatter_nd_add(bins, [[v]], [1])
print(bins.numpy())
