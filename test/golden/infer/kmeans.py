import numpy as np


def kmeans(X, k, iterations=5):
    centers = X[:k].copy()
    for _ in range(iterations):
        d = ((X[:, None, :] - centers[None, :, :]) ** 2).sum(axis=2)
        labels = d.argmin(axis=1)
        for j in range(k):
            members = X[labels == j]
            if len(members) > 0:
                centers[j] = members.mean(axis=0)
    return centers, labels


rng = np.random.default_rng(3)
X = rng.random((30, 2))
centers, labels = kmeans(X, 3)
sizes = np.array([np.sum(labels == j) for j in range(3)])
