"""Monte Carlo price of an Asian option with antithetic paths."""
import numpy as np
import tensorflow as tf

np.random.seed(42)
spot, strike, rate, volatility, years = 100.0, 105.0, 0.03, 0.2, 1.0
paths, steps = 400, 12
dt = years / steps
noise = tf.convert_to_tensor(np.random.randn(paths // 2, steps))
noise = tf.concat([noise, -noise], 0)
growth = (rate - 0.5 * volatility ** 2) * dt + volatility * tf.sqrt(tf.constant(dt, tf.float64)) * noise
prices = spot * tf.exp(tf.math.cumsum(growth, axis=1))
averages = tf.reduce_mean(prices, axis=1)
payoffs = tf.maximum(averages - strike, 0.0)
discounted = tf.exp(tf.constant(-rate * years, tf.float64)) * payoffs
price = tf.reduce_mean(discounted)
error = tf.sqrt(tf.reduce_sum(tf.square(discounted - tf.reduce_mean(discounted))) / (tf.cast(tf.size(discounted), tf.float64) - 1)) / tf.sqrt(tf.constant(len(discounted), tf.float64))
print("price", round(float(price), 6), "+-", round(float(error), 6))
print("in the money", tf.reduce_mean(tf.cast(payoffs > 0, tf.float64)).numpy(), "best", (tf.round(tf.reduce_max(tf.reduce_max(prices, axis=1)) * 1000.0) / 1000.0).numpy())
knocked_out = tf.reduce_any(prices < 85.0, axis=1)
print("knocked out", tf.math.count_nonzero(knocked_out).numpy(), "kept", (tf.round(tf.reduce_mean(tf.boolean_mask(discounted, ~knocked_out)) * 1e6) / 1e6).numpy())
quartiles = tf.gather(tf.sort(averages), [99, 199, 299])
print((tf.round(quartiles * 1e4) / 1e4).numpy())
