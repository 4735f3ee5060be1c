import numpy as np


def f(x):
    return np.sin(x) + x ** 2


def trapezoid(fn, a, b, n):
    x = np.linspace(a, b, n + 1)
    y = fn(x)
    h = (b - a) / n
    return h * (y[0] / 2 + y[1:-1].sum() + y[-1] / 2)


area = trapezoid(f, 0.0, np.pi, 100)
areas = [trapezoid(f, 0.0, 1.0, n) for n in (10, 20, 40)]
table = np.array(areas)
ratio = table[1:] / table[:-1]
