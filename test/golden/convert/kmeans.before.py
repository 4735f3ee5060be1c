import numpy as np

np.random.seed(2)
points = np.random.rand(50, 2)
centers = points[:3].copy()
for step in range(5):
    distances = np.zeros((50, 3))
    for k in range(3):
        distances[:, k] = np.sum((points - centers[k]) ** 2, axis=1)
    nearest = np.argmax(-distances, axis=1)
    for k in range(3):
        members = points[nearest == k]
        centers[k] = members.mean(axis=0)
print(centers)
