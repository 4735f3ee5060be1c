import numpy as np

np.random.seed(0)


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def attention(q, k, v):
    scores = q @ np.moveaxis(k, -1, -2) / np.sqrt(q.shape[-1])
    return softmax(scores) @ v


B, T, C, H = 2, 5, 8, 2
x = np.random.randn(B, T, C).astype(np.float32)
w = np.random.randn(C, 3 * C).astype(np.float32)
qkv = x @ w
q = qkv[..., :C].reshape(B, T, H, C // H).transpose(0, 2, 1, 3)
k = qkv[..., C : 2 * C].reshape(B, T, H, C // H).transpose(0, 2, 1, 3)
v = qkv[..., 2 * C :].reshape(B, T, H, C // H).transpose(0, 2, 1, 3)
y = attention(q, k, v)
out = y.transpose(0, 2, 1, 3).reshape(B, T, C)
mean = out.mean(axis=-1, keepdims=True)
var = out.var(axis=-1, keepdims=True)
normed = (out - mean) / np.sqrt(var + 1e-5)
