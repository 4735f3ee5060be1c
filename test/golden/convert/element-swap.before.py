import numpy as np


def reverse(values):
    left = 0
    right = len(values) - 1
    while left < right:
        values[left], values[right] = values[right], values[left]
        left = left + 1
        right = right - 1
    return values


numbers = np.arange(5.0)
numbers = reverse(numbers)
print(numbers)

table = np.array([[1, 2], [3, 4]])
table[0, 1], table[1, 0] = table[1, 0], table[0, 1]
table[0, 0], table[1, 1] = 7, table[0, 1]
print(table)

rows = np.array([[1, 2], [3, 4]])
rows[0], rows[1] = rows[1], rows[0]
print(rows)
