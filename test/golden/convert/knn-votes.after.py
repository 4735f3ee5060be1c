"""k nearest neighbours with votes weighted by distance."""
import tensorflow as tf

train = tf.constant([[1.0, 1.0], [1.5, 2.0], [3.0, 4.0], [5.0, 7.0], [3.5, 5.0], [4.5, 5.0], [3.5, 4.5]], tf.float64)
labels = tf.constant([0, 0, 1, 1, 1, 1, 1], tf.int64)
queries = tf.constant([[1.2, 1.4], [4.0, 5.1], [2.2, 3.0]], tf.float64)

difference = queries[:, None, :] - train[None, :, :]
distance = tf.sqrt(tf.reduce_sum(difference ** 2, axis=2))
nearest = tf.cast(tf.argsort(distance, axis=1, stable=True), tf.int64)[:, :3]
rows = tf.range(len(queries), dtype=tf.int64)[:, None]
near = tf.sort(distance, axis=1)[:, :3]
weights = 1.0 / tf.add(near, 1e-6)
votes = tf.stack([tf.reduce_sum(weights * tf.cast(tf.gather(labels, nearest) == c, tf.float64), axis=1) for c in range(2)], axis=1)
print(nearest.numpy())
print((tf.round(votes * 1e4) / 1e4).numpy())
print("classes", tf.argmax(votes, axis=1).numpy(), "sure", (tf.round((tf.reduce_max(votes, axis=1) / tf.reduce_sum(votes, axis=1)) * 1e4) / 1e4).numpy())
