import numpy as np

x = np.linspace(0, 2 * np.pi, 41)
y = np.sin(x)
dy = np.diff(y) / np.diff(x)
middle = (x[1:] + x[:-1]) / 2
error = np.abs(dy - np.cos(middle)).max()
print(error < 0.01, dy.shape)
