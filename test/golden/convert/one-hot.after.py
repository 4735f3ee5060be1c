import tensorflow as tf

labels = tf.constant([0, 2, 1, 2], tf.int64)
one_hot = tf.zeros((4, 3), tf.float64)
one_hot = tf.tensor_scatter_nd_update(one_hot, tf.stack([tf.range(4, dtype=tf.int64), labels], -1), tf.broadcast_to(tf.constant(1.0, tf.float64), tf.range(4, dtype=tf.int64).shape))
identity = tf.gather(tf.eye(3, dtype=tf.float64), labels)
print(one_hot.numpy())
print(tf.reduce_sum(one_hot - identity).numpy())
