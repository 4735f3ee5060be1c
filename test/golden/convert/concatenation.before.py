import numpy as np

a = np.array([1, 2])
b = np.array([0.5, 1.5])
print(np.concatenate([a, b]), np.hstack((a, a)), np.vstack((b, b)))
m = np.ones((2, 2))
print(np.concatenate((m, m), axis=1), np.concatenate((m, 2 * m)), np.c_[b, b])
print(np.tile(a, 2), np.tile(m, (2, 1)), np.tile(a, (2, 1)))
