import numpy as np


def step(u, alpha, dt, dx):
    lap = np.zeros_like(u)
    lap[1:-1, 1:-1] = u[:-2, 1:-1] + u[2:, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:] - 4 * u[1:-1, 1:-1]
    return u + alpha * dt / dx ** 2 * lap


n = 16
u = np.zeros((n, n))
u[n // 2, n // 2] = 100.0
for t in range(10):
    u = step(u, 0.1, 0.01, 0.1)
total = u.sum()
peak = u.max()
row = u[n // 2]
