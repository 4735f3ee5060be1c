import tensorflow as tf

xs = [1.0, 2.0, 3.0]
print(tf.reduce_sum(tf.constant(xs, tf.float64)).numpy(), tf.reduce_mean(tf.constant([1, 2, 4], tf.float64)).numpy(), tf.tensordot(tf.constant(xs, tf.float64), tf.constant(xs, tf.float64), 1).numpy(), tf.norm(tf.constant([3, 4], tf.float64)).numpy())
weights = tf.constant(xs, tf.float64)
print((weights + tf.constant(xs, tf.float64)).numpy(), tf.maximum(tf.constant(xs, tf.float64), 2).numpy(), tf.sqrt(tf.constant([1, 4, 9], tf.float64)).numpy())
