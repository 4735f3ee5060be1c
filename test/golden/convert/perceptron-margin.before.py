"""The perceptron, with the number of mistakes per epoch and the margin."""
import numpy as np

data = np.array([[2.0, 1.0], [3.0, 2.5], [2.5, 3.0], [-1.0, -0.5], [-2.0, -1.5], [0.0, -2.0]])
labels = np.array([1, 1, 1, -1, -1, -1])
augmented = np.append(data, np.ones((6, 1)), axis=1)
weights = np.zeros(3)
history = []
for epoch in range(10):
    mistakes = 0
    for row, label in zip(augmented, labels):
        if label * np.dot(row, weights) <= 0:
            weights = weights + label * row
            mistakes += 1
    history.append(mistakes)
    if mistakes == 0:
        break
print("mistakes", history)
scores = augmented @ weights
print(weights, np.sign(scores).astype(int))
print("margin", np.round(np.min(labels * scores) / np.linalg.norm(weights[:2]), 6))
print("separated", np.all(np.greater(labels * scores, 0)))
