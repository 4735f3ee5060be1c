import numpy as np

np.random.seed(0)
A = np.random.rand(5, 5)
A = A + A.T
v = np.ones(A.shape[0])
for k in range(50):
    w = np.dot(A, v)
    v = w / np.linalg.norm(w)
lam = v @ A @ v
n = A.shape[0]
