import numpy as np


def f(p):
    x, y = p
    return x ** 2 + 3 * y ** 2


def df(p):
    x, y = p
    return np.array([2 * x, 6 * y])


p = np.array([3.0, 2.0])
path = [p]
v = np.zeros(2)
for k in range(15):
    v = 0.9 * v - 0.05 * df(p)
    p = p + v
    path.append(p)
P = np.array(path)
values = np.array([f(q) for q in path])
best = np.argmin(values)
gap = values[0] - values[-1]
