import numpy as np


def relu(x):
    return np.maximum(0, x)


def softmax(z):
    shifted = z - z.max(axis=1, keepdims=True)
    e = np.exp(shifted)
    return e / e.sum(axis=1, keepdims=True)


np.random.seed(7)
X = np.random.randn(16, 4)
labels = np.random.randint(0, 3, 16)
W1 = np.random.randn(4, 8) * 0.1
b1 = np.zeros(8)
W2 = np.random.randn(8, 3) * 0.1
b2 = np.zeros(3)
for epoch in range(20):
    hidden = relu(X @ W1 + b1)
    probs = softmax(hidden @ W2 + b2)
    loss = -np.mean(np.log(probs[np.arange(16), labels]))
    d = probs.copy()
    d[np.arange(16), labels] -= 1
    d /= 16
    dW2 = hidden.T @ d
    dh = (d @ W2.T) * (hidden > 0)
    W2 -= 0.5 * dW2
    b2 -= 0.5 * d.sum(axis=0)
    W1 -= 0.5 * X.T @ dh
    b1 -= 0.5 * dh.sum(axis=0)
print("loss", loss)
