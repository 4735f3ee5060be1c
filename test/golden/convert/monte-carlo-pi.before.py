import numpy as np

rng = np.random.default_rng(42)
points = rng.random((1000, 2)) * 2 - 1
inside = np.sum(points[:, 0] ** 2 + points[:, 1] ** 2 <= 1)
print("pi is about", 4 * inside / 1000)
