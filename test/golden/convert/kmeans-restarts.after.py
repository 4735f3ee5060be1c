"""k-means with a farthest-point start; empty clusters keep their centre."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(3)
points = tf.concat([tf.convert_to_tensor(rng.normal(loc, 0.3, (15, 2))) for loc in (0.0, 2.5, 5.0)], 0)


def distances(points, centers):
    diff = tf.expand_dims(points, 1) - tf.expand_dims(centers, 0)
    return tf.sqrt(tf.reduce_sum(tf.square(diff), axis=-1))


def initial(points, k):
    chosen = [0]
    for _ in range(k - 1):
        nearest = tf.reduce_min(distances(points, tf.gather(points, chosen)), axis=1)
        chosen.append(int(tf.argmax(nearest)))
    return tf.gather(points, chosen)


centers = initial(points, 3)
for iteration in range(10):
    labels = tf.argmin(distances(points, centers), axis=1)
    members = tf.cast(tf.equal(labels[:, None], tf.range(3, dtype=tf.int64)[None, :]), tf.float64)
    counts = tf.reduce_sum(members, axis=0)
    means = tf.transpose(members) @ points / tf.maximum(counts, 1.0)[:, None]
    new_centers = tf.where(counts[:, None] > 0, means, centers)
    moved = tf.reduce_max(tf.abs(new_centers - centers))
    centers = new_centers
    if tf.abs(moved) <= 1e-08:
        break

order = tf.cast(tf.argsort(centers[:, 0], stable=True), tf.int64)
print("iterations", iteration + 1)
print((tf.round(tf.gather(centers, order) * 1000.0) / 1000.0).numpy())
print("sizes", tf.cast(tf.gather(counts, order), tf.int64).numpy())
inertia = tf.reduce_sum(tf.pow(tf.reduce_min(distances(points, centers), axis=1), 2))
print("inertia", (tf.round(inertia * 1e6) / 1e6).numpy())
