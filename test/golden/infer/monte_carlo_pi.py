import numpy as np

np.random.seed(42)
n = 1000
x = np.random.rand(n)
y = np.random.rand(n)
inside = x ** 2 + y ** 2 <= 1
hits = np.sum(inside)
estimate = 4 * hits / n
error = abs(estimate - np.pi)
running = 4 * np.cumsum(inside) / np.arange(1, n + 1)
last = running[-1]
