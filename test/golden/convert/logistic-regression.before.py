import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


np.random.seed(5)
X = np.random.randn(60, 2)
y = (X[:, 0] + X[:, 1] > 0).astype(float)
w = np.zeros(2)
b = 0.0
for step in range(100):
    p = sigmoid(X @ w + b)
    grad_w = X.T @ (p - y) / len(y)
    grad_b = np.mean(p - y)
    w = w - 0.5 * grad_w
    b = b - 0.5 * grad_b
accuracy = np.mean((sigmoid(X @ w + b) > 0.5) == (y == 1))
print("accuracy", accuracy, "bias", b)
