import tensorflow as tf

x = tf.constant([[1.0, 2.0, 4.0], [3.0, 5.0, 8.0]], tf.float64)
print(tf.sqrt(tf.reduce_sum(tf.square(x - tf.reduce_mean(x, axis=0, keepdims=True)), axis=0) / (tf.cast(tf.shape(x)[0], tf.float64) - 1)).numpy())
print(tf.sqrt(tf.reduce_sum(tf.square(x - tf.reduce_mean(x, axis=1, keepdims=True)), axis=1, keepdims=True) / (tf.cast(tf.shape(x)[1], tf.float64) - 1)).numpy())
print(tf.sqrt(tf.reduce_sum(tf.square(x - tf.reduce_mean(x, axis=-1, keepdims=True)), axis=-1) / (tf.cast(tf.shape(x)[-1], tf.float64) - 1)).numpy())

counts = tf.constant([[1, 2], [4, 8], [5, 5]], tf.int64)
print(tf.sqrt(tf.reduce_sum(tf.square(tf.cast(counts, tf.float64) - tf.reduce_mean(tf.cast(counts, tf.float64), axis=0, keepdims=True)), axis=0) / (tf.cast(tf.shape(counts)[0], tf.float64) - 1)).numpy())
