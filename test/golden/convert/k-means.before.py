import numpy as np

rng = np.random.default_rng(0)
points = rng.normal(size=(30, 2))


def kmeans(points, count, steps=5):
    centers = points[[0, 3]]
    labels = np.zeros(len(points), dtype=int)
    for _ in range(steps):
        distances = np.sqrt(((points[:, None] - centers[None]) ** 2).sum(axis=2))
        labels = np.argmax(-distances, axis=1)
        for j in range(count):
            centers[j] = points[labels == j].mean(axis=0)
    return centers, labels


centers, labels = kmeans(points, 2)
print(centers, labels)

# Several stores at once.
grid = np.zeros((4, 5))
grid[1, 2] = grid[2, 3] = 1
corner = -grid.sum()
grid[0, 0] = grid[-1, -1] = corner
print(grid)
