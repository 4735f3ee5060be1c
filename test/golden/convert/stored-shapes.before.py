import numpy as np

# NumPy drops axes of length one in front of what is stored.
x = np.arange(4.0)
x[:] = x[None]
some = x > 1
some[-1] = np.prod(some, keepdims=True)
y = np.arange(3.0)
y[y > 1] = np.array([5.0])
print(x, y, some)

# One row for all of them, and rows that are swapped by their numbers.
grid = np.arange(6.0).reshape(3, 2)
grid[[0, 2]] = np.array([[7.0, 8.0]])
order = np.eye(3)
order[[0, 1]] = order[[1, 0]]
print(grid, order)

# A variable has neither a length nor ndim.
tail = np.zeros(5)
tail[1:3] = 2.0
print(len(tail), tail.ndim, [i for i in range(len(tail))])
size = np.max(x)
size -= x
size[1:] += 1.0
print(size)

# An axis of what has no axes.
print(np.max(np.array(3), axis=0), np.array(True).max(axis=-1))
