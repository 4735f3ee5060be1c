import tensorflow as tf

a = tf.constant([1, 2], tf.int64)
b = tf.constant([0.5, 1.5], tf.float64)
print(tf.concat([tf.cast(a, tf.float64), b], 0).numpy(), tf.concat([a, a], 0).numpy(), tf.stack([b, b]).numpy())
m = tf.ones((2, 2), tf.float64)
print(tf.concat([m, m], 1).numpy(), tf.concat([m, 2 * m], 0).numpy(), tf.stack([b, b], 1).numpy())
print(tf.tile(a, [2]).numpy(), tf.tile(m, [2, 1]).numpy(), tf.tile(a[None], [2, 1]).numpy())
