import numpy as np

x = np.array([3.0, 1.0, 2.0])
x.sort()
y = np.arange(6).reshape(2, 3)
y.T[0, 1] = 9
y[0][1] = 7
z = np.zeros((2, 2))
np.fill_diagonal(z, 5)
w = np.arange(4.0)
w.shape = (2, 2)
np.random.seed(0)
p = np.arange(5)
np.random.shuffle(p)
q = np.ones(3)
q.fill(4)
r = np.zeros(3)
np.add.at(r, [0, 0, 2], 1)
k = np.ones(2)
np.exp(k, k)
print(x, y, z, w, p, q, r, k, x.sum(), y * 2)
for c in z:
    c *= 2
print(z)
u = np.arange(4)
u[[0, 1]] += 2
u[-1] = 8
u[1:3] = [5, 6]
print(u)
s = np.zeros((2, 3))
s[0] = [1, 2, 3]
s[1] = u[:3]
s[:, 1] = 7
s[..., 2] = -1
s[s == 7] = u[0]
print(s)
e = np.zeros((3, 2))
e[:] = np.arange(2)
e[:, :] *= 2
print(e)
b = np.array([1, 2, 3])
b[0] = 2.9
b[1] += True
print(b)
h = np.zeros(3, dtype=bool)
h[1] = True
h |= np.array([True, False, False])
print(h)
