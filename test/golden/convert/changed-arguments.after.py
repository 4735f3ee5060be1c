import tensorflow as tf


def scale(values, factor):
    values *= factor
    return values


def fill_diagonal(matrix, value):
    n = matrix.shape[0]
    for i in range(n):
        matrix = tf.tensor_scatter_nd_update(matrix, [[i, i]], [value])
    return matrix


def normalize(values):
    total = tf.reduce_sum(values)
    values /= total
    return total, values


data = tf.constant([1.0, 2.0, 5.0], tf.float64)
data = scale(data, 2.0)
grid = tf.ones((3, 3), tf.float64)
grid = fill_diagonal(grid, 4.0)
total, data = normalize(data)
print(data.numpy(), total.numpy())
print(grid.numpy())
