import numpy as np

m = np.array([[1, 5, 2], [4, 0, 9]])
x = m / 3
print(m.sum(), m.sum(axis=0), np.mean(m, axis=1), m.max(), m.min(axis=1))
print(np.std(x), x.std(axis=0), np.prod(x), np.argmax(m), np.argmax(m, axis=1))
print(np.sum(x, axis=1, keepdims=True), np.max(m, axis=0, keepdims=True))
flags = m > 2
print(np.sum(flags), flags.sum(axis=0), np.mean(flags), np.unique(np.array([3, 1, 3])))
