"""Batch normalisation: forward, backward, and running statistics."""
import numpy as np

rng = np.random.default_rng(11)


def forward(x, gamma, beta, eps=1e-5):
    mu = np.mean(x, axis=0)
    var = np.var(x, axis=0)
    x_hat = (x - mu) / np.sqrt(var + eps)
    return gamma * x_hat + beta, x_hat, var


def backward(dout, x_hat, var, gamma, eps=1e-5):
    n = dout.shape[0]
    dgamma = np.sum(dout * x_hat, axis=0)
    dbeta = dout.sum(axis=0)
    dx_hat = dout * gamma
    dx = (n * dx_hat - dx_hat.sum(axis=0) - x_hat * np.sum(dx_hat * x_hat, axis=0)) / (n * np.sqrt(var + eps))
    return dx, dgamma, dbeta


x = rng.normal(2.0, 3.0, (16, 4))
gamma = np.ones(4)
beta = np.full_like(gamma, 0.5)
running_mean = np.zeros(4)
running_var = np.ones(4)
momentum = 0.9
for _ in range(3):
    out, x_hat, var = forward(x, gamma, beta)
    running_mean = momentum * running_mean + (1 - momentum) * x.mean(axis=0)
    running_var = momentum * running_var + (1 - momentum) * x.var(axis=0)

print(np.round(out.mean(axis=0), 8), np.round(out.std(axis=0), 4))
dout = rng.normal(0.0, 1.0, out.shape)
dx, dgamma, dbeta = backward(dout, x_hat, var, gamma)
print(np.round(dx[0], 6), np.round(dgamma, 6))
print("gradient sums to zero:", np.allclose(dx.sum(axis=0), 0.0))
print(np.round(running_mean, 5), np.round(running_var, 5))
