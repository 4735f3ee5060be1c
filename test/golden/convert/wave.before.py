import numpy as np

n = 40
x = np.linspace(0, 1, n)
u = np.exp(-100 * (x - 0.5) ** 2)
previous = u.copy()
for step in range(30):
    following = np.zeros(n)
    following[1:-1] = 2 * u[1:-1] - previous[1:-1] + 0.25 * (u[2:] - 2 * u[1:-1] + u[:-2])
    previous = u
    u = following
print(u.max(), u.sum())
