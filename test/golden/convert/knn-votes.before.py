"""k nearest neighbours with votes weighted by distance."""
import numpy as np

train = np.array([[1.0, 1.0], [1.5, 2.0], [3.0, 4.0], [5.0, 7.0], [3.5, 5.0], [4.5, 5.0], [3.5, 4.5]])
labels = np.array([0, 0, 1, 1, 1, 1, 1])
queries = np.array([[1.2, 1.4], [4.0, 5.1], [2.2, 3.0]])

difference = queries[:, None, :] - train[None, :, :]
distance = np.sqrt((difference ** 2).sum(axis=2))
nearest = np.argsort(distance, axis=1, kind="stable")[:, :3]
rows = np.arange(len(queries))[:, None]
near = np.sort(distance, axis=1)[:, :3]
weights = np.divide(1.0, np.add(near, 1e-6))
votes = np.stack([np.sum(weights * (np.take(labels, nearest) == c), axis=1) for c in range(2)], axis=1)
print(nearest)
print(np.round(votes, 4))
print("classes", votes.argmax(axis=1), "sure", np.round(votes.max(axis=1) / votes.sum(axis=1), 4))
