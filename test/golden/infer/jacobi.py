import numpy as np


def jacobi(A, b, iterations):
    x = np.zeros_like(b)
    D = np.diag(A)
    R = A - np.diag(D)
    for _ in range(iterations):
        x = (b - np.dot(R, x)) / D
    return x


A = np.array([[4.0, 1.0, 0.0], [1.0, 5.0, 2.0], [0.0, 2.0, 6.0]])
b = np.array([1.0, 2.0, 3.0])
x = jacobi(A, b, 25)
r = b - A @ x
err = np.linalg.norm(r)
ok = err < 1e-6
