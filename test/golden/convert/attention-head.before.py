"""One attention head with a causal mask."""
import numpy as np

rng = np.random.default_rng(4)
length, width = 5, 8
tokens = rng.normal(0.0, 1.0, (2, length, width))
Wq, Wk, Wv = rng.normal(0.0, 0.5, (3, width, width))
q, k, v = tokens @ Wq, tokens @ Wk, tokens @ Wv
scores = q @ k.swapaxes(-1, -2) / np.sqrt(width)
causal = np.greater(np.arange(length)[None, :], np.arange(length)[:, None])
scores = np.where(causal, -1e9, scores)
scores = scores - scores.max(axis=-1, keepdims=True)
weights = np.exp(scores)
weights = weights / weights.sum(axis=-1, keepdims=True)
output = weights @ v
normed = (output - output.mean(axis=-1, keepdims=True)) / np.sqrt(output.var(axis=-1, keepdims=True) + 1e-5)
hidden = np.maximum(normed, 0.0)
pooled = np.squeeze(hidden.mean(axis=1, keepdims=True), axis=1)
print(output.shape, np.round(output[0, 0], 5))
print(np.round(weights[1], 4))
print("rows sum to one", np.allclose(weights.sum(axis=-1), 1.0), np.round(pooled, 4))
print("gate", np.round(np.tanh(pooled).sum(), 6), "order", np.argsort(pooled[0]))
