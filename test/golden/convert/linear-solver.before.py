"""Gauss-Seidel and conjugate gradients on one system."""
import numpy as np

A = np.array([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]])
b = np.array([1.0, 2.0, 3.0])
lower = np.tril(A)
D = np.diag(A)
x = np.zeros(3)
for sweep in range(30):
    for i in range(3):
        x[i] = (b[i] - np.sum(A[i] * x) + A[i, i] * x[i]) / D[i]
print("gauss-seidel", np.round(x, 8))
y = np.zeros_like(b)
r = b - A @ y
p = r
while np.any(np.abs(r) > 1e-12):
    step = (r @ r) / (p @ A @ p)
    y = y + step * p
    new = r - step * (A @ p)
    p = new + (new @ new) / (r @ r) * p
    r = new
print("conjugate gradients", np.round(y, 8), "agree", np.allclose(x, y))
dominant = np.all(2 * np.abs(D) > np.sum(np.abs(A), axis=1))
print("dominant", dominant, "trace", np.trace(A), "symmetric", np.array_equal(A, A.T))
