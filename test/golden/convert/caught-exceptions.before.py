import numpy as np


def item(a, i):
    try:
        return a[i]
    except IndexError:
        return -1.0


a = np.arange(3.0)
print(item(a, 1), item(a, 7), item(a, -1))
try:
    print(a + np.ones(4))
except ValueError as error:
    print(error)
try:
    print(a[a > 5].max())
except ValueError as error:
    print(error)
try:
    total = np.sum(a)
except KeyError:
    total = 0
print(total)
counts = np.zeros(3)
try:
    counts[5] = 1
except IndexError as error:
    print(error)
try:
    counts += np.ones(4)
except ValueError as error:
    print(error)
print(counts)
