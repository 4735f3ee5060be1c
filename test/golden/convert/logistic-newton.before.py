"""Logistic regression by Newton's method, with a penalty."""
import numpy as np

X = np.array([[0.5, 1.2], [1.5, 0.3], [2.0, 2.5], [3.1, 0.4], [2.2, 3.0], [0.1, 0.2], [3.5, 2.9], [1.1, 2.0]])
y = np.array([0, 0, 1, 1, 1, 0, 1, 0])
A = np.hstack([np.ones((len(X), 1)), X])
penalty = 0.1 * np.identity(3)


def sigmoid(z):
    return np.divide(1.0, np.add(1.0, np.exp(np.negative(z))))


w = np.zeros(3)
for _ in range(8):
    p = sigmoid(A @ w)
    gradient = A.T @ (p - y) + penalty @ w
    weights = np.multiply(p, 1.0 - p)
    hessian = (A * weights[:, np.newaxis]).T @ A + penalty
    step = np.linalg.inv(hessian) @ gradient
    w = w - step
    if np.all(np.abs(step) < 1e-10):
        break

p = sigmoid(A @ w)
loss = -np.sum(np.where(y == 1, np.log(p), np.log(1 - p)))
predictions = np.greater_equal(p, 0.5).astype(int)
print(np.round(w, 6))
print("loss", round(float(loss), 8))
print("right:", np.array_equal(predictions, y), np.sum(np.equal(predictions, y)))
tp = np.sum(np.logical_and(predictions == 1, y == 1))
fp = np.sum(np.logical_and(predictions == 1, np.logical_not(y == 1)))
print("precision", tp / (tp + fp))
