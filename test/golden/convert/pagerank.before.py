import numpy as np

links = np.array([[0, 1, 1], [1, 0, 0], [0, 1, 0]])
M = links / links.sum(axis=0)
rank = np.ones(3) / 3
for i in range(60):
    rank = 0.85 * M.dot(rank) + 0.15 / 3
print(rank, rank.sum())
