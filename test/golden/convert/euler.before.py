import numpy as np

n = 50
t = np.linspace(0.0, 5.0, n)
y = np.empty(n)
y[0] = 1.0
h = t[1] - t[0]
for i in range(1, n):
    y[i] = y[i - 1] - h * 0.7 * y[i - 1]
error = np.max(np.abs(y - np.exp(-0.7 * t)))
print("error", error)
