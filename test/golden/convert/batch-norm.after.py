"""Batch normalisation: forward, backward, and running statistics."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(11)


def forward(x, gamma, beta, eps=1e-5):
    mu = tf.reduce_mean(x, axis=0)
    var = tf.math.reduce_variance(x, axis=0)
    x_hat = (x - mu) / tf.sqrt(var + eps)
    return gamma * x_hat + beta, x_hat, var


def backward(dout, x_hat, var, gamma, eps=1e-5):
    n = dout.shape[0]
    dgamma = tf.reduce_sum(dout * x_hat, axis=0)
    dbeta = tf.reduce_sum(dout, axis=0)
    dx_hat = dout * gamma
    dx = (n * dx_hat - tf.reduce_sum(dx_hat, axis=0) - x_hat * tf.reduce_sum(dx_hat * x_hat, axis=0)) / (n * tf.sqrt(var + eps))
    return dx, dgamma, dbeta


x = tf.convert_to_tensor(rng.normal(2.0, 3.0, (16, 4)))
gamma = tf.ones(4, tf.float64)
beta = tf.fill(gamma.shape, tf.constant(0.5, tf.float64))
running_mean = tf.zeros(4, tf.float64)
running_var = tf.ones(4, tf.float64)
momentum = 0.9
for _ in range(3):
    out, x_hat, var = forward(x, gamma, beta)
    running_mean = momentum * running_mean + (1 - momentum) * tf.reduce_mean(x, axis=0)
    running_var = momentum * running_var + (1 - momentum) * tf.math.reduce_variance(x, axis=0)

print((tf.round(tf.reduce_mean(out, axis=0) * 1e8) / 1e8).numpy(), (tf.round(tf.math.reduce_std(out, axis=0) * 1e4) / 1e4).numpy())
dout = tf.convert_to_tensor(rng.normal(0.0, 1.0, tuple(out.shape)))
dx, dgamma, dbeta = backward(dout, x_hat, var, gamma)
print((tf.round(dx[0] * 1e6) / 1e6).numpy(), (tf.round(dgamma * 1e6) / 1e6).numpy())
print("gradient sums to zero:", bool(tf.reduce_all(tf.abs(tf.reduce_sum(dx, axis=0)) <= 1e-08)))
print((tf.round(running_mean * 1e5) / 1e5).numpy(), (tf.round(running_var * 1e5) / 1e5).numpy())
