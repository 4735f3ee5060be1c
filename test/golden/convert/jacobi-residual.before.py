"""Laplace's equation on a plate by Jacobi iteration, stopped by the residual."""
import numpy as np

n = 12
u = np.zeros((n, n))
u[0, :] = 100.0
fixed = np.zeros((n, n), dtype=bool)
fixed[0, :] = True
fixed[-1, :] = True
fixed[:, 0] = True
fixed[:, -1] = True

for iteration in range(500):
    average = 0.25 * (np.roll(u, 1, axis=0) + np.roll(u, -1, axis=0) + np.roll(u, 1, axis=1) + np.roll(u, -1, axis=1))
    updated = np.where(fixed, u, average)
    residual = np.max(np.abs(np.subtract(updated, u)))
    u = updated
    if residual < 1e-4:
        break

print("iterations", iteration + 1)
print("centre", np.round(u[n // 2, n // 2], 4))
print("symmetric", np.allclose(u, np.flip(u, axis=1)))
print(np.round(u.mean(axis=1), 3))
