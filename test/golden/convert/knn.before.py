import numpy as np


def predict(train, labels, point, k):
    distances = np.linalg.norm(train - point, axis=1)
    order = np.argsort(distances)
    votes = labels[order[:k]]
    counts = np.zeros(3, dtype=int)
    for v in votes:
        counts[v] += 1
    return np.argmax(counts)


train = np.array([[0.0, 0.0], [1.0, 0.1], [0.1, 1.0], [5.0, 5.0], [5.5, 4.0], [9.0, 0.0]])
labels = np.array([0, 0, 0, 1, 1, 2])
print(predict(train, labels, np.array([0.4, 0.3]), 3), predict(train, labels, np.array([5.2, 4.4]), 3))
