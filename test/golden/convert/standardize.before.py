import numpy as np

rng = np.random.default_rng(3)
data = rng.normal(5.0, 2.0, (20, 3))
mean = data.mean(axis=0)
std = data.std(axis=0)
scaled = (data - mean) / std
print(scaled.shape, np.round(scaled.mean(), 6) if False else scaled.max())
print(f"mean {mean[0]:.3f} std {std[0]:.3f}")
