"""A function that returns a changed copy, called again and again with its own result."""

import numpy as np

def step(u, k):
    v = u.copy()
    v[1:-1] = u[1:-1] + k * (u[2:] - 2 * u[1:-1] + u[:-2])
    return v

u = np.zeros(11)
u[5] = 1.0
for _ in range(10):
    u = step(u, 0.2)
print(u)
