"""The perceptron, with the number of mistakes per epoch and the margin."""
import tensorflow as tf

data = tf.constant([[2.0, 1.0], [3.0, 2.5], [2.5, 3.0], [-1.0, -0.5], [-2.0, -1.5], [0.0, -2.0]], tf.float64)
labels = tf.constant([1, 1, 1, -1, -1, -1], tf.int64)
augmented = tf.concat([data, tf.ones((6, 1), tf.float64)], 1)
weights = tf.zeros(3, tf.float64)
history = []
for epoch in range(10):
    mistakes = 0
    for row, label in zip(augmented, labels):
        if tf.cast(label, tf.float64) * tf.tensordot(row, weights, 1) <= 0:
            weights = weights + tf.cast(label, tf.float64) * row
            mistakes += 1
    history.append(mistakes)
    if mistakes == 0:
        break
print("mistakes", history)
scores = tf.linalg.matvec(augmented, weights)
print(weights.numpy(), tf.cast(tf.sign(scores), tf.int64).numpy())
print("margin", (tf.round((tf.reduce_min(tf.cast(labels, tf.float64) * scores) / tf.norm(weights[:2])) * 1e6) / 1e6).numpy())
print("separated", tf.reduce_all(tf.greater(tf.cast(labels, tf.float64) * scores, 0)).numpy())
