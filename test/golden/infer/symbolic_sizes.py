import numpy as np


def window_sums(x, w):
    n = len(x)
    out = np.zeros(n - w + 1)
    for i in range(n - w + 1):
        out[i] = x[i : i + w].sum()
    return out


def pairwise(X):
    n, d = X.shape
    D = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            D[i, j] = np.linalg.norm(X[i] - X[j])
    return D


def blocks(n):
    A = np.eye(n)
    B = np.ones((n, n))
    return A + B, A @ B


s = window_sums(np.arange(10.0), 3)
D = pairwise(np.random.rand(4, 2))
D2 = pairwise(np.random.rand(6, 3))
a, b = blocks(2)
c, d = blocks(3)
