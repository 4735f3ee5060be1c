import numpy as np


def pairwise(points):
    difference = points[:, None, :] - points[None, :, :]
    return np.sqrt((difference ** 2).sum(axis=-1))


np.random.seed(8)
points = np.random.rand(6, 2)
distances = pairwise(points)
print(distances.shape, distances.max())
nearest = np.argsort(distances, axis=1)[:, 1]
print(nearest)
