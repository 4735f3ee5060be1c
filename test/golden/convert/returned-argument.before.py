import numpy as np


def double(a):
    a *= 2
    return a


def clear_border(m):
    m[0, :] = 0.0
    m[:, -1] = 0.0
    return m


x = np.array([1.0, 2.0])
x = double(x)
y = double(x)
grid = np.ones((3, 3))
clear_border(grid)
print(x, y, grid)
