import numpy as np

np.random.seed(6)
samples = np.random.randn(50, 3)
centered = samples - samples.mean(axis=0)
covariance = centered.T @ centered / (len(samples) - 1)
deviation = np.sqrt(np.diag(covariance))
correlation = covariance / (deviation[:, None] * deviation[None, :])
print(correlation.shape, np.diag(correlation))
