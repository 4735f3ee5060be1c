import numpy as np

np.random.seed(0)
X = np.random.randn(40, 3)
w_true = np.array([1.0, -2.0, 0.5])
y = X.dot(w_true)
w = np.zeros(3)
rate = 0.1
losses = []
for epoch in range(50):
    error = X.dot(w) - y
    loss = np.mean(error ** 2)
    losses.append(loss)
    w -= rate * 2 * X.T.dot(error) / len(y)
print("loss", losses[0], losses[-1])
print("w", w)
