import tensorflow as tf

squares = []
for i in range(5):
    squares.append(i ** 2)
squares = tf.constant(squares, tf.int64)
rows = []
for i in range(3):
    rows.append(tf.linspace(tf.constant(0, tf.float64), i + 1, 4))
matrix = tf.stack(rows)
stacked = tf.stack(rows)
print(squares.numpy(), tuple(matrix.shape), tf.reduce_sum(stacked).numpy())
