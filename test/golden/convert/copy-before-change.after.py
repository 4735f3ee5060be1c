import tensorflow as tf

original = tf.reshape(tf.range(6.0, dtype=tf.float64), [2, 3])
changed = tf.identity(original)
changed = tf.tensor_scatter_nd_update(changed, [[0]], [tf.broadcast_to(tf.constant(9.0, tf.float64), changed.shape[1:])])
changed *= 2
print(original.numpy())
print(changed.numpy())
