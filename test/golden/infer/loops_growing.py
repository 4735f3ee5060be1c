import numpy as np

rows = []
for i in range(4):
    rows.append([i, i ** 2, i ** 0.5])
table = np.array(rows)
acc = np.zeros(0)
for i in range(3):
    acc = np.concatenate([acc, np.arange(i + 1)])
total = 0
for v in acc:
    total += v
parts = [np.ones(2) * i for i in range(3)]
M = np.vstack(parts)
S = np.stack(parts)
C = np.concatenate(parts)
names = ["a", "b"]
sizes = [len(n) for n in names]
arr = np.array(sizes)
squares = {k: np.arange(k) for k in (1, 2)}
matrix = [[i * j for j in range(3)] for i in range(2)]
grid = np.array(matrix)
zeros = [0] * 5
zarr = np.array(zeros, dtype=float)
