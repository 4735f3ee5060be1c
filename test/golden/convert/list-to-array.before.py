import numpy as np

squares = []
for i in range(5):
    squares.append(i ** 2)
squares = np.array(squares)
rows = []
for i in range(3):
    rows.append(np.linspace(0, i + 1, 4))
matrix = np.array(rows)
stacked = np.vstack(rows)
print(squares, matrix.shape, stacked.sum())
