"""Simple and exponential moving averages of a noisy price."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(5)
steps = tf.convert_to_tensor(rng.normal(0.05, 1.0, 60))
prices = 100.0 + tf.math.cumsum(steps)


def simple_average(values, window):
    totals = tf.math.cumsum(tf.concat([tf.constant([0.0], tf.float64), values], 0))
    return (totals[window:] - totals[:-window]) / window


def exponential_average(values, alpha):
    result = tf.zeros_like(values)
    result = tf.tensor_scatter_nd_update(result, [[0]], [values[0]])
    for i in range(1, len(values)):
        result = tf.tensor_scatter_nd_update(result, [[i]], [alpha * values[i] + (1 - alpha) * result[i - 1]])
    return result


fast, slow = simple_average(prices, 5), simple_average(prices, 20)
above = fast[15:] > slow
crossings = tf.where(above[1:] != above[:-1])[:, 0]
print("crossings", crossings.numpy())
print((tf.round(slow[:5] * 1e4) / 1e4).numpy(), (tf.round(exponential_average(prices, 0.3)[-3:] * 1e4) / 1e4).numpy())
returns = (prices[1:] - prices[:-1]) / prices[:-1]
drawdown = tf.reduce_max(prices) - prices
print("mean", (tf.round(tf.reduce_mean(returns) * 1e6) / 1e6).numpy(), "std", (tf.round(tf.sqrt(tf.reduce_sum(tf.square(returns - tf.reduce_mean(returns))) / (tf.cast(tf.size(returns), tf.float64) - 1)) * 1e6) / 1e6).numpy(), "range", (tf.round((tf.reduce_max(prices) - tf.reduce_min(prices)) * 1e4) / 1e4).numpy())
best, worst = tf.argmax(returns), tf.argmin(returns)
print("best", best.numpy(), "worst", worst.numpy(), "deepest", (tf.round(tf.reduce_max(drawdown) * 1e4) / 1e4).numpy())
wealth = tf.math.cumprod(1.0 + returns)
print("final", (tf.round(wealth[-1] * 1e6) / 1e6).numpy())
