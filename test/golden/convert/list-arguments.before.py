import numpy as np

xs = [1.0, 2.0, 3.0]
print(np.sum(xs), np.mean([1, 2, 4]), np.dot(xs, xs), np.linalg.norm([3, 4]))
weights = np.asarray(xs)
print(weights + xs, np.maximum(xs, 2), np.sqrt([1, 4, 9]))
