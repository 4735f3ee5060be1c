import numpy as np

x = np.array([-2.0, -0.5, 0.0, 1.5, np.nan])
x[x < 0] = 0.0
x[x != x] = -1.0
y = np.array([[1.0, 2.0], [3.0, 4.0]])
y[y > 2.5] *= 10
rows = np.array([True, False])
y[rows] = 0.0
print(x, y)
