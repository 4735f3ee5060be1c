import numpy as np

A = np.eye(3) * 2
B = A
for _ in range(3):
    B = B @ A
C = np.linalg.inv(B)
D = C @ B
close = np.abs(D - np.eye(3)) < 1e-9
allclose = close.all()
tr = np.trace(A)
upper = np.triu(A)
col = A[:, [0]]
row = A[[0], :]
outer = col @ row
block = np.vstack([np.hstack([A, B]), np.hstack([B, A])])
n = block.shape[0]
half = block[: n // 2, n // 2 :]
