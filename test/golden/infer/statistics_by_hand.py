import numpy as np

data = np.array([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0])
n = len(data)
mean = data.sum() / n
var = ((data - mean) ** 2).sum() / (n - 1)
sd = np.sqrt(var)
z = (data - mean) / sd
skew = np.mean(z ** 3)
s = np.sort(data)
med = (s[n // 2 - 1] + s[n // 2]) / 2
rng = data.max() - data.min()
hist = np.zeros(5, dtype=int)
for v in data:
    bin = min(int((v - 2) / 1.6), 4)
    hist[bin] += 1
share = hist / hist.sum()
cum = np.cumsum(share)
