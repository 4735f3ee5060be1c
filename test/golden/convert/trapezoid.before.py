import numpy as np


def integrate(f, a, b, n):
    x = np.linspace(a, b, n)
    y = f(x)
    h = (b - a) / (n - 1)
    return h * (np.sum(y) - 0.5 * (y[0] + y[-1]))


def curve(t):
    return t ** 2 + 1


print(integrate(curve, 0.0, 3.0, 101))
