import numpy as np

X = np.arange(12.0).reshape(4, 3)
n, d = X.shape
mean = np.zeros(d)
for i in range(n):
    mean += X[i]
mean /= n
cov = np.zeros((d, d))
for i in range(d):
    for j in range(d):
        s = 0.0
        for k in range(n):
            s += (X[k, i] - mean[i]) * (X[k, j] - mean[j])
        cov[i, j] = s / (n - 1)
diag = np.diag(cov)
