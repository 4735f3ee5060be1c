import numpy as np

P = np.array([[0.9, 0.1], [0.5, 0.5]])
state = np.array([1.0, 0.0])
for step in range(20):
    state = state @ P
P5 = np.eye(2)
for _ in range(5):
    P5 = P5 @ P
steady = state / state.sum()
rows = P.sum(axis=1)
valid = np.abs(rows - 1).max() < 1e-12
entropy = -np.sum(P * np.log(P), axis=1)
