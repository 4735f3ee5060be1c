import numpy as np


def gradient(f, x, h=1e-5):
    g = np.zeros_like(x)
    for i in range(x.size):
        e = np.zeros_like(x)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g


def rosenbrock(x):
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


x = np.array([-1.2, 1.0, 0.5])
lr = 1e-4
for it in range(10):
    g = gradient(rosenbrock, x)
    x = x - lr * g
value = rosenbrock(x)
gn = np.linalg.norm(g)
