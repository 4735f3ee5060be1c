import tensorflow as tf

x = tf.range(24, dtype=tf.int64)
cube = tf.reshape(x, [2, 3, 4])
print(tuple(cube.shape), tuple(tf.transpose(cube).shape), tuple(tf.transpose(cube, [2, 0, 1]).shape), int(tf.size(cube)), len(cube))
rows, columns, depth = cube.shape
flat = tf.reshape(cube, [-1])
again = tf.reshape(flat, [rows * columns, depth])
print(again[1].numpy(), tf.reshape(cube, [-1])[:3].numpy(), tuple(again.shape), tf.reshape(cube, [-1])[5].numpy())
column = x[:, tf.newaxis]
print(tuple(column.shape), tuple((column + x[None, :3]).shape))
