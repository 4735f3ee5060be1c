"""Histogram equalisation of an 8-bit image."""
import numpy as np

rng = np.random.default_rng(2)
image = np.clip(np.round(rng.normal(100.0, 20.0, (32, 32))), 0, 255).astype(np.int64)

levels = np.arange(256)
flat = image.ravel()
histogram = np.sum(np.equal(flat[:, None], levels[None, :]), axis=0)
cdf = np.cumsum(histogram)
lowest = np.min(cdf[cdf > 0])
mapping = np.round((cdf - lowest) / (image.size - lowest) * 255.0)
mapping = np.clip(mapping, 0, 255).astype(np.int64)
equalised = mapping[image]

print("before", image.min(), image.max(), np.round(image.std(), 3))
print("after", equalised.min(), equalised.max(), np.round(equalised.std(), 3))
print("monotone", np.all(np.diff(mapping) >= 0), "used", np.count_nonzero(histogram))
