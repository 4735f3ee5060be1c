import numpy as np

x, y = np.meshgrid(np.linspace(-2, 1, 12), np.linspace(-1, 1, 8))
a = np.zeros_like(x)
b = np.zeros_like(y)
count = np.zeros(x.shape, dtype=int)
for step in range(20):
    a, b = a * a - b * b + x, 2 * a * b + y
    inside = a * a + b * b < 4
    a = np.where(inside, a, 2.0)
    b = np.where(inside, b, 2.0)
    count += inside
print(count)
