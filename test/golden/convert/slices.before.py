import numpy as np

a = np.arange(10)
print(a[2:8], a[::2], a[-3:], a[::-1])
m = np.arange(12).reshape(3, 4)
print(m[1], m[:, 2], m[0, -1], m[1:, :2], m[..., None].shape)
m[:, 0] = -1
m[2, 1:3] = 100
a[::3] = 0
print(m, a)
