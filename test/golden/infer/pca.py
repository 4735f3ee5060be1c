import numpy as np

X = np.random.RandomState(0).normal(size=(20, 4))
mu = X.mean(axis=0)
Xc = X - mu
cov = Xc.T @ Xc / (X.shape[0] - 1)
sd = X.std(axis=0, ddof=1)
Z = Xc / sd
corr = np.dot(Z.T, Z) / (len(Z) - 1)
total = np.trace(cov)
