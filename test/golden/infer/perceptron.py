import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([0, 0, 0, 1])
w = np.zeros(2)
b = 0
errors = 1
epoch = 0
while errors > 0 and epoch < 50:
    errors = 0
    for xi, yi in zip(X, y):
        out = 1 if np.dot(w, xi) + b > 0 else 0
        delta = yi - out
        if delta != 0:
            w += delta * xi
            b += delta
            errors += 1
    epoch += 1
pred = (X @ w + b > 0).astype(int)
good = (pred == y).sum()
