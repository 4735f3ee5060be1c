import tensorflow as tf


def predict(train, labels, point, k):
    distances = tf.norm(train - point, axis=1)
    order = tf.cast(tf.argsort(distances, stable=True), tf.int64)
    votes = tf.gather(labels, order[:k])
    counts = tf.zeros(3, tf.int64)
    for v in votes:
        counts = tf.tensor_scatter_nd_add(counts, [[v]], [1])
    return tf.argmax(counts)


train = tf.constant([[0.0, 0.0], [1.0, 0.1], [0.1, 1.0], [5.0, 5.0], [5.5, 4.0], [9.0, 0.0]], tf.float64)
labels = tf.constant([0, 0, 0, 1, 1, 2], tf.int64)
print(predict(train, labels, tf.constant([0.4, 0.3], tf.float64), 3).numpy(), predict(train, labels, tf.constant([5.2, 4.4], tf.float64), 3).numpy())
