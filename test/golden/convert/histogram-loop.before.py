import numpy as np

values = np.array([0, 2, 1, 2, 2, 0, 1])
bins = np.zeros(3, dtype=int)
for v in values:
    bins[v] += 1
print(bins)
