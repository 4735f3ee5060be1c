import numpy as np

np.random.seed(0)

X = np.random.rand(6, 3)
Y = np.random.rand(4, 3)
xx = (X ** 2).sum(axis=1)[:, np.newaxis]
yy = (Y ** 2).sum(axis=1)[np.newaxis, :]
d2 = xx + yy - 2 * X @ Y.T
d2 = np.maximum(d2, 0)
d = np.sqrt(d2)
nearest = d.argmin(axis=1)
closest = d.min(axis=1)
diff = X[:, None] - Y[None]
direct = np.linalg.norm(diff, axis=-1)
K = np.exp(-d2 / 2)
ranks = np.argsort(np.argsort(closest))
