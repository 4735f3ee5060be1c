import numpy as np

rng = np.random.default_rng(0)
X = rng.normal(size=(50, 3))
true_w = np.array([1.0, -2.0, 0.5])
y = X @ true_w + 0.1 * rng.normal(size=50)
w = np.zeros(3)
b = 0.0
lr = 0.1
losses = []
for epoch in range(100):
    pred = X @ w + b
    error = pred - y
    grad_w = 2 * X.T @ error / len(y)
    grad_b = 2 * error.mean()
    w -= lr * grad_w
    b -= lr * grad_b
    loss = np.mean(error ** 2)
    losses.append(loss)
history = np.array(losses)
final = history[-1]
