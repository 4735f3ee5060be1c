import numpy as np


def f(x):
    return x ** 3 - 2 * x - 5


def slope(x):
    return 3 * x ** 2 - 2


x = np.float64(2.0)
count = 0
while np.abs(f(x)) > 1e-12 and count < 20:
    x = x - f(x) / slope(x)
    count += 1
print(f"root {x:.10f} after {count} steps")
