import contextlib

import numpy as np

# What stays NumPy takes the names beside it along.
x = np.arange(4)
a, b = x > 1, np.sqrt(True)
print(a, b)


def show(m, *rest):
    print(m, rest)


show(a)
table = np.fromfunction(lambda i, j: i + j, (2, 3))
table[:, ...] = np.exp(table)
print(table)
half = np.sqrt(np.array([True, False]))
for h, v in zip(half, x):
    print(h, v * 2)
if (w := x[1:]) is not None:
    w[0] = 7
print(x, w)
for e in np.array([True, False]):
    e += 1
    print(e)
first = np.zeros(2)
first[0], second = 1.0, half
print(first, second)


# Exceptions that a caller catches.
def inverse(m):
    return np.linalg.inv(m)


with contextlib.suppress(ValueError):
    print(np.ones(2) + np.ones(3))
print(inverse(np.eye(2) * 2))


# A loop reads the array element by element, and sees what is written meanwhile.
turns = np.arange(3.0)
for k, e in enumerate(turns):
    turns += 1
    print(k, e)
later = np.arange(3)
for e in later:
    later[1:] = 7
    print(e * 2)


# An inner function is the same function in every call around it.
def outer(a, b):
    found = a > 1

    def inner(z):
        return z + b

    return inner(found)


print(outer(np.arange(3), 1), outer(np.arange(3), 2.5))
left, right = np.zeros(4), np.ones(4)
right[::2] = left[0]
print(left, right)
