import tensorflow as tf

m = tf.constant([[1, 5, 2], [4, 0, 9]], tf.int64)
x = tf.cast(m, tf.float64) / 3
print(tf.reduce_sum(m).numpy(), tf.reduce_sum(m, axis=0).numpy(), tf.reduce_mean(tf.cast(m, tf.float64), axis=1).numpy(), tf.reduce_max(m).numpy(), tf.reduce_min(m, axis=1).numpy())
print(tf.math.reduce_std(x).numpy(), tf.math.reduce_std(x, axis=0).numpy(), tf.reduce_prod(x).numpy(), tf.argmax(tf.reshape(m, [-1])).numpy(), tf.argmax(m, axis=1).numpy())
print(tf.reduce_sum(x, axis=1, keepdims=True).numpy(), tf.reduce_max(m, axis=0, keepdims=True).numpy())
flags = m > 2
print(tf.reduce_sum(tf.cast(flags, tf.int64)).numpy(), tf.reduce_sum(tf.cast(flags, tf.int64), axis=0).numpy(), tf.reduce_mean(tf.cast(flags, tf.float64)).numpy(), tf.sort(tf.unique(tf.constant([3, 1, 3], tf.int64))[0]).numpy())
