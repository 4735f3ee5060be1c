"""Softmax regression trained by gradient descent on three clusters."""
import numpy as np

rng = np.random.default_rng(0)
n_classes, n_per_class, n_features = 3, 20, 2
centers = np.array([[0.0, 0.0], [3.0, 0.5], [1.0, 3.0]])
X = np.concatenate([center + 0.6 * rng.normal(0.0, 1.0, (n_per_class, n_features)) for center in centers])
y = np.repeat(np.arange(n_classes), n_per_class)
X = np.column_stack([np.ones(len(X)), X])


def softmax(scores):
    shifted = np.subtract(scores, scores.max(axis=1, keepdims=True))
    exps = np.exp(shifted)
    return exps / exps.sum(axis=1, keepdims=True)


def cross_entropy(probabilities, labels):
    picked = probabilities[np.arange(len(labels)), labels]
    return -np.mean(np.log(np.maximum(picked, 1e-12)))


W = np.zeros((n_features + 1, n_classes))
targets = np.equal(y[:, None], np.arange(n_classes)).astype(float)
for step in range(100):
    P = softmax(X @ W)
    gradient = np.dot(X.T, np.subtract(P, targets)) / len(X)
    W = W - 0.5 * gradient
    if step % 25 == 0:
        print(step, round(float(cross_entropy(P, y)), 6))

predicted = np.argmax(softmax(X @ W), axis=1)
accuracy = np.count_nonzero(predicted == y) / len(y)
print("accuracy", accuracy)
print("any wrong:", np.any(predicted != y), "all finite:", np.all(np.isfinite(W)))
