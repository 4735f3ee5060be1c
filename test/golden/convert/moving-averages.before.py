"""Simple and exponential moving averages of a noisy price."""
import numpy as np

rng = np.random.default_rng(5)
steps = rng.normal(0.05, 1.0, 60)
prices = 100.0 + np.cumsum(steps)


def simple_average(values, window):
    totals = np.cumsum(np.append(0.0, values))
    return (totals[window:] - totals[:-window]) / window


def exponential_average(values, alpha):
    result = np.empty_like(values)
    result[0] = values[0]
    for i in range(1, len(values)):
        result[i] = alpha * values[i] + (1 - alpha) * result[i - 1]
    return result


fast, slow = simple_average(prices, 5), simple_average(prices, 20)
above = fast[15:] > slow
crossings = np.flatnonzero(above[1:] != above[:-1])
print("crossings", crossings)
print(np.round(slow[:5], 4), np.round(exponential_average(prices, 0.3)[-3:], 4))
returns = np.diff(prices) / prices[:-1]
drawdown = np.max(prices) - prices
print("mean", np.round(np.mean(returns), 6), "std", np.round(returns.std(ddof=1), 6), "range", np.round(np.ptp(prices), 4))
best, worst = np.argmax(returns), np.argmin(returns)
print("best", best, "worst", worst, "deepest", np.round(drawdown.max(), 4))
wealth = np.cumprod(1.0 + returns)
print("final", np.round(wealth[-1], 6))
