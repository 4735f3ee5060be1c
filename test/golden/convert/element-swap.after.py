import numpy as np
import tensorflow as tf


def reverse(values):
    left = 0
    right = len(values) - 1
    while left < right:
        values = tf.tensor_scatter_nd_update(values, [[left], [right]], [values[right], values[left]])
        left = left + 1
        right = right - 1
    return values


numbers = tf.range(5.0, dtype=tf.float64)
numbers = reverse(numbers)
print(numbers.numpy())

table = tf.constant([[1, 2], [3, 4]], tf.int64)
table = tf.tensor_scatter_nd_update(table, [[0, 1], [1, 0]], [table[1, 0], table[0, 1]])
table = tf.tensor_scatter_nd_update(table, [[0, 0], [1, 1]], [7, table[0, 1]])
print(table.numpy())

rows = np.array([[1, 2], [3, 4]])
rows[0], rows[1] = rows[1], rows[0]
print(rows)
