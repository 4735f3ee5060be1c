import numpy as np

x = np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 8.0]])
print(np.std(x, axis=0, ddof=1))
print(np.std(x, axis=1, ddof=1, keepdims=True))
print(x.std(ddof=1, axis=-1))

counts = np.array([[1, 2], [4, 8], [5, 5]])
print(np.std(counts, ddof=1, axis=0))
