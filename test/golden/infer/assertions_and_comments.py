import numpy as np


def kernel(x, w):
    assert x.ndim == 2
    y = x @ w
    return y


x = np.ones((3, 4))
w = np.zeros((4, 2))
y = kernel(x, w)
z = np.asarray(y)  # shape: (3, 2) float64
v = np.sum(y, axis=0)  # shape: (k)
n: int = 3
r: float = 2.0
u: np.ndarray = np.arange(3)
