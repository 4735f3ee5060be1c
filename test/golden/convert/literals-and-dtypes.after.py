import tensorflow as tf

# Numbers that tf.constant does not take for the dtype are cast.
whole = tf.cast(tf.constant([2.0, -0.5, 3.75], tf.float64), tf.int64)
masks = tf.cast(tf.constant([0, 2, -1], tf.int64), tf.bool)
small = tf.cast(tf.constant([True, False], tf.bool), tf.uint8)
count = tf.fill(3, tf.cast(tf.constant(2.5, tf.float64), tf.int64))
flags = tf.fill((2, 2), tf.cast(tf.constant(3, tf.int64), tf.bool))
print(whole.numpy(), masks.numpy(), small.numpy(), count.numpy(), flags.numpy())

# A stored number that changes its dtype.
seen = whole > 0
seen = tf.broadcast_to(tf.cast(tf.constant(2, tf.int64), tf.bool), seen.shape)
seen = tf.tensor_scatter_nd_update(seen, [[0]], [tf.constant(False, tf.bool)])
print(seen.numpy())

# A scalar becomes an array, and its dtype widens.
step = tf.constant(0.5, tf.float32)
step = tf.cast(step, tf.float64) + tf.cast(tf.range(3, dtype=tf.int64), tf.float64)
start = 0
start += whole
print(step.numpy(), start.numpy(), start.numpy().dtype)
