import numpy as np

scores = np.array([3.5, 1.0, 2.25])
scores.sort()
ranks = np.array([[3, 1], [2, 0]])
ranks.sort(axis=0)
flags = np.array([True, False, True])
flags.sort()
buffer = np.zeros((2, 3))
np.copyto(buffer, np.array([1, 2, 3]))
np.copyto(buffer, -buffer, where=buffer > 2)
level = np.zeros(4)
for i in range(3):
    level.fill(i)
    level[1:3] = 9.0
shared = np.array([3.0, 1.0, 2.0])
tail = shared[1:]
shared.sort()
print(scores, ranks, flags, buffer, level, tail)


def order(values):
    values.sort()


numbers = np.array([5, 4, 6])
order(numbers)
half = np.zeros(3)
np.divide(numbers, 2, out=half)
np.subtract(half, 1.0, out=half)
above = np.zeros(3, dtype=bool)
np.greater(half, 1.2, out=above)
print(numbers, half, above)
