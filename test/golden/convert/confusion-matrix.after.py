"""A confusion matrix and the scores that follow from it."""
import tensorflow as tf

truth = tf.constant([0, 1, 2, 2, 1, 0, 1, 2, 0, 1, 1, 2], tf.int64)
guess = tf.constant([0, 2, 2, 2, 1, 0, 0, 2, 1, 1, 1, 0], tf.int64)
k = 3
codes = truth * k + guess
matrix = tf.reshape(tf.reduce_sum(tf.cast(tf.equal(codes[:, None], tf.range(k * k, dtype=tf.int64)[None, :]), tf.int64), axis=0), [k, k])
print(matrix.numpy())
diagonal = tf.linalg.diag_part(matrix)
recall = tf.divide(tf.cast(diagonal, tf.float64), tf.cast(tf.reduce_sum(matrix, axis=1), tf.float64))
precision = tf.divide(tf.cast(diagonal, tf.float64), tf.cast(tf.reduce_sum(matrix, axis=0), tf.float64))
f1 = 2 * precision * recall / tf.maximum(precision + recall, 1e-12)
print("accuracy", (tf.cast(tf.linalg.trace(matrix), tf.float64) / tf.cast(tf.reduce_sum(matrix), tf.float64)).numpy())
print((tf.round(tf.stack([precision, recall, f1]) * 1e4) / 1e4).numpy())
wrong = tf.where(matrix * (1 - tf.eye(k, dtype=tf.int64)) > 0)
print("confused", wrong.numpy().tolist())
worst = tf.argmin(f1)
print("worst class", worst.numpy(), "balanced", (tf.round(tf.reduce_mean(recall) * 1e4) / 1e4).numpy())
