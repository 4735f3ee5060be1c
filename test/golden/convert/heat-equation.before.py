import numpy as np

n = 12
u = np.zeros((n, n))
u[0, :] = 100.0
for step in range(20):
    u[1:-1, 1:-1] = 0.25 * (u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2])
print(u[1, 1], u.sum())
