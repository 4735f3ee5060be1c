import numpy as np


def rhs(t, y):
    return np.array([y[1], -y[0]])


def rk4(y, t, h):
    k1 = rhs(t, y)
    k2 = rhs(t + h / 2, y + h / 2 * k1)
    k3 = rhs(t + h / 2, y + h / 2 * k2)
    k4 = rhs(t + h, y + h * k3)
    return y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)


y = np.array([1.0, 0.0])
h = 0.1
ts = np.arange(0, 1, h)
ys = np.empty((len(ts), 2))
for i, t in enumerate(ts):
    ys[i] = y
    y = rk4(y, t, h)
energy = 0.5 * (ys ** 2).sum(axis=1)
drift = np.abs(energy - energy[0]).max()
