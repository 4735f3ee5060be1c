import numpy as np

x = np.array([10.0, 20.0, 30.0, 40.0])
order = np.argsort(-x, kind="stable")
print(x[order], x[[0, 2]])
m = np.arange(12.0).reshape(3, 4)
picked = m[[0, 2], [1, 3]]
columns = m[:, [0, 3]]
x[[1, 3]] = 0.0
print(picked, columns, x)
