"""A confusion matrix and the scores that follow from it."""
import numpy as np

truth = np.array([0, 1, 2, 2, 1, 0, 1, 2, 0, 1, 1, 2])
guess = np.array([0, 2, 2, 2, 1, 0, 0, 2, 1, 1, 1, 0])
k = 3
codes = truth * k + guess
matrix = np.equal(codes[:, None], np.arange(k * k)[None, :]).sum(axis=0).reshape(k, k)
print(matrix)
diagonal = np.diag(matrix)
recall = np.divide(diagonal, matrix.sum(axis=1))
precision = np.divide(diagonal, matrix.sum(axis=0))
f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
print("accuracy", np.trace(matrix) / matrix.sum())
print(np.round(np.vstack([precision, recall, f1]), 4))
wrong = np.argwhere(matrix * (1 - np.identity(k, dtype=int)) > 0)
print("confused", wrong.tolist())
worst = np.argmin(f1)
print("worst class", worst, "balanced", np.round(recall.mean(), 4))
