import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def predict(X, w):
    return sigmoid(np.dot(X, w))


def fit(X, y, lr=0.1, steps=20):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        p = predict(X, w)
        g = np.dot(X.T, p - y) / y.size
        w = w - lr * g
    return w


np.random.seed(1)
X = np.random.randn(40, 2)
y = (X[:, 0] + X[:, 1] > 0).astype(float)
w = fit(X, y)
labels = predict(X, w) > 0.5
accuracy = np.mean(labels == y)
