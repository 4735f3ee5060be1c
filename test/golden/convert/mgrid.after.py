import tensorflow as tf

rows, columns = tf.meshgrid(tf.range(3, dtype=tf.int64), tf.range(4, dtype=tf.int64), indexing='ij')
distance = tf.sqrt(tf.square(tf.cast(rows, tf.float64) - 1.0) + tf.square(tf.cast(columns, tf.float64) - 2.0))
print(distance.numpy())
ramp = tf.range(5, dtype=tf.int64)
print(ramp.numpy(), (lambda i, j: i + j)(*tf.meshgrid(tf.range(2, dtype=tf.float64), tf.range(2, dtype=tf.float64), indexing='ij')).numpy())
