import numpy as np

x = np.arange(12.0).reshape(3, 4)
idx = np.array([0, 2])
a = x[idx]
b = x[[0, 1, 1]]
c = x[:, [1, 3]]
d = x[[0, 1], [1, 2]]
e = x[idx, 0]
f = x[x > 5]
g = x[np.array([True, False, True])]
h = x[:, np.array([True, False, True, True])]
i = x[idx[:, None], idx]
j = x[np.array([[0, 1], [2, 0]])]
k = x[idx, :, None]
m = x[[True, False, True]]
n = x[np.argsort(x[:, 0])]
o = x.reshape(3, 2, 2)[:, [0], 1]
p = x.reshape(3, 2, 2)[[0], :, [1]]
rows = np.arange(3)
q = x[rows, [3, 2, 1]]
r = x[x[:, 0] > 1, 2]
s = np.where(x > 5)[0]
t, u = np.where(x > 5)
v = x[0, 0]
w = np.arange(5)[np.int64(2)]
