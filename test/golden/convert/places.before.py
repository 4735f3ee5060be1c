import numpy as np

x = np.array([[3.0, -1.0, 0.0], [0.0, 2.0, -4.0]])
rows, columns = np.nonzero(x)
print(rows, columns, x[rows, columns])
print(np.where(x < 0)[1], np.nonzero(x > 0)[-1], (x < 0).nonzero()[0])
print(x[np.where(x < 0)], x[np.nonzero(x > 1)])
found = np.where(x < 0)
print(len(found), x[found])
x[np.where(x < 0)] = 0.5
print(np.argwhere(x == 0.5).tolist(), np.flatnonzero(x), np.count_nonzero(x, axis=0))
v = np.array([4, 0, 7])
print(v[np.flatnonzero(v)], np.nonzero(v)[0], np.take(v, [2, 0]), v.take(1), np.take(x, 4))
