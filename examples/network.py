"""A small network in plain NumPy: two layers, softmax and the loss. Lift it, or ask for its gradient."""

import numpy as np

rng = np.random.default_rng(7)
x = rng.normal(size=(64, 8))
targets = np.where(x[:, :3] == np.max(x[:, :3], axis=1, keepdims=True), 1.0, 0.0)
w1 = rng.normal(size=(8, 16)) * 0.3
w2 = rng.normal(size=(16, 3)) * 0.3


def loss(w1, w2):
    hidden = np.maximum(x @ w1, 0.0)
    scores = hidden @ w2
    scores = scores - np.max(scores, axis=1, keepdims=True)
    chances = np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
    return -np.mean(np.sum(targets * np.log(chances), axis=1))


print("loss:", loss(w1, w2))
