"""k-means with a farthest-point start; empty clusters keep their centre."""
import numpy as np

rng = np.random.default_rng(3)
points = np.concatenate([rng.normal(loc, 0.3, (15, 2)) for loc in (0.0, 2.5, 5.0)])


def distances(points, centers):
    diff = np.expand_dims(points, 1) - np.expand_dims(centers, 0)
    return np.sqrt(np.sum(np.square(diff), axis=-1))


def initial(points, k):
    chosen = [0]
    for _ in range(k - 1):
        nearest = distances(points, np.take(points, chosen, axis=0)).min(axis=1)
        chosen.append(int(np.argmax(nearest)))
    return np.take(points, chosen, axis=0)


centers = initial(points, 3)
for iteration in range(10):
    labels = distances(points, centers).argmin(axis=1)
    members = np.equal(labels[:, None], np.arange(3)[None, :]).astype(float)
    counts = members.sum(axis=0)
    means = members.T @ points / np.maximum(counts, 1.0)[:, None]
    new_centers = np.where(counts[:, None] > 0, means, centers)
    moved = np.abs(new_centers - centers).max()
    centers = new_centers
    if np.isclose(moved, 0.0):
        break

order = np.argsort(centers[:, 0])
print("iterations", iteration + 1)
print(np.round(np.take(centers, order, axis=0), 3))
print("sizes", np.take(counts, order).astype(int))
inertia = np.power(distances(points, centers).min(axis=1), 2).sum()
print("inertia", np.round(inertia, 6))
