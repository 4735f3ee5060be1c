import numpy as np

a = np.zeros((3, 4))
b = a[0]
b += 1
c = a.T
c[0] = 5
d = a.reshape(-1)
d[0] = 7
e = a.copy()
e *= 2
f = a[1:, ::2]
f[...] = 3
g = a.ravel()
i = np.arange(5)
i += 2
i *= 3
i //= 2
h = i[i > 2]
h += 1
j = np.asarray(a)
j[0, 0] = -1
k = np.array(a)
total = a.sum()
x = np.zeros(4, dtype=np.float32)
x += 1.5
x[1] = 2
y = x
y -= 1
