import numpy as np

A = np.array([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]])
b = np.array([1.0, 2.0, 3.0])
x = np.zeros(3)
r = b - A @ x
p = r
rs = r @ r
steps = 0
while np.sqrt(rs) > 1e-10 and steps < 10:
    Ap = A @ p
    alpha = rs / (p @ Ap)
    x = x + alpha * p
    r = r - alpha * Ap
    rs_new = r @ r
    p = r + (rs_new / rs) * p
    rs = rs_new
    steps += 1
print(x, steps)
