import numpy as np

coeffs = np.array([1.0, -3.0, 2.0])
x = np.linspace(-1, 3, 9)
y = np.zeros_like(x)
for c in coeffs:
    y = y * x + c
V = np.array([x ** k for k in range(3)])
Vt = V.T
powers = x[:, None] ** np.arange(3)
p = powers @ coeffs[::-1]
same = np.abs(p - y).max() < 1e-9
