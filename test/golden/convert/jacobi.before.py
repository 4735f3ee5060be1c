import numpy as np


def jacobi(A, b, count):
    d = np.diag(A)
    R = A - np.diag(d)
    x = np.zeros_like(b)
    for i in range(count):
        x = (b - R @ x) / d
    return x


A = np.array([[10.0, 1.0, 2.0], [1.0, 8.0, 1.0], [2.0, 1.0, 9.0]])
b = np.array([1.0, 2.0, 3.0])
print(jacobi(A, b, 25))
