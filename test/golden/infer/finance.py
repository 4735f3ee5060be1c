import numpy as np

prices = np.array([100.0, 101.5, 99.8, 102.2, 103.0])
returns = np.diff(prices) / prices[:-1]
log_returns = np.log(prices[1:] / prices[:-1])
vol = log_returns.std() * np.sqrt(252)
growth = np.cumprod(1 + returns)
drawdown = growth / np.maximum.accumulate(growth) - 1
worst = np.min(growth)
window = 3
sma = np.array([prices[i : i + window].mean() for i in range(len(prices) - window + 1)])
weights = np.array([0.5, 0.3, 0.2])
rate = 0.05
years = np.arange(1, 11)
value = 1000 * (1 + rate) ** years
npv = np.sum(value / (1 + 0.03) ** years)
up = prices[1:] > prices[:-1]
ups = up.sum()
