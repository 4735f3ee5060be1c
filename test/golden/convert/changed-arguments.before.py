import numpy as np


def scale(values, factor):
    values *= factor


def fill_diagonal(matrix, value):
    n = matrix.shape[0]
    for i in range(n):
        matrix[i, i] = value


def normalize(values):
    total = values.sum()
    values /= total
    return total


data = np.array([1.0, 2.0, 5.0])
scale(data, 2.0)
grid = np.ones((3, 3))
fill_diagonal(grid, 4.0)
total = normalize(data)
print(data, total)
print(grid)
