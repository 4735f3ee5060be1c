"""Monte Carlo price of an Asian option with antithetic paths."""
import numpy as np

np.random.seed(42)
spot, strike, rate, volatility, years = 100.0, 105.0, 0.03, 0.2, 1.0
paths, steps = 400, 12
dt = years / steps
noise = np.random.randn(paths // 2, steps)
noise = np.concatenate([noise, -noise], axis=0)
growth = (rate - 0.5 * volatility ** 2) * dt + volatility * np.sqrt(dt) * noise
prices = spot * np.exp(np.cumsum(growth, axis=1))
averages = prices.mean(axis=1)
payoffs = np.maximum(averages - strike, 0.0)
discounted = np.exp(-rate * years) * payoffs
price = discounted.mean()
error = discounted.std(ddof=1) / np.sqrt(len(discounted))
print("price", round(float(price), 6), "+-", round(float(error), 6))
print("in the money", np.mean(payoffs > 0), "best", np.round(prices.max(axis=1).max(), 3))
knocked_out = np.any(prices < 85.0, axis=1)
print("knocked out", np.count_nonzero(knocked_out), "kept", np.round(discounted[~knocked_out].mean(), 6))
quartiles = np.sort(averages)[[99, 199, 299]]
print(np.round(quartiles, 4))
