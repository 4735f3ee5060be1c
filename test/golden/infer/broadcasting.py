import numpy as np

a = np.arange(3)[:, None]
b = np.arange(4)[None, :]
c = a * b
d = a + np.ones((5, 1, 4))
e = np.ones((3, 1)) - np.ones(1)
f = np.zeros((2, 3)) + np.arange(3)
g = np.ones((4, 1, 3)) / np.ones((2, 1))
h = c.sum(axis=0) + b
i = (a == b).astype(float)
j = np.maximum(a, b)
k = np.where(a > b, a, -1)
m = np.full((2, 2), np.arange(2))
n = c[:, :2] * np.array([10, 100])
o = np.zeros((0, 3)) + np.ones(3)
p = np.ones((2, 0)).sum(axis=1)
