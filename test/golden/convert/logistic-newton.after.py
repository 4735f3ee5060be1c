"""Logistic regression by Newton's method, with a penalty."""
import tensorflow as tf

X = tf.constant([[0.5, 1.2], [1.5, 0.3], [2.0, 2.5], [3.1, 0.4], [2.2, 3.0], [0.1, 0.2], [3.5, 2.9], [1.1, 2.0]], tf.float64)
y = tf.constant([0, 0, 1, 1, 1, 0, 1, 0], tf.int64)
A = tf.concat([tf.ones((len(X), 1), tf.float64), X], 1)
penalty = 0.1 * tf.eye(3, dtype=tf.float64)


def sigmoid(z):
    return 1.0 / (1.0 + tf.exp(tf.negative(z)))


w = tf.zeros(3, tf.float64)
for _ in range(8):
    p = sigmoid(tf.linalg.matvec(A, w))
    gradient = tf.linalg.matvec(tf.transpose(A), p - tf.cast(y, tf.float64)) + tf.linalg.matvec(penalty, w)
    weights = tf.multiply(p, 1.0 - p)
    hessian = tf.transpose(A * weights[:, tf.newaxis]) @ A + penalty
    step = tf.linalg.matvec(tf.linalg.inv(hessian), gradient)
    w = w - step
    if tf.reduce_all(tf.abs(step) < 1e-10):
        break

p = sigmoid(tf.linalg.matvec(A, w))
loss = -tf.reduce_sum(tf.where(y == 1, tf.math.log(p), tf.math.log(1 - p)))
predictions = tf.cast(tf.greater_equal(p, 0.5), tf.int64)
print((tf.round(w * 1e6) / 1e6).numpy())
print("loss", round(float(loss), 8))
print("right:", bool(tf.reduce_all(predictions == y)), tf.reduce_sum(tf.cast(tf.equal(predictions, y), tf.int64)).numpy())
tp = tf.reduce_sum(tf.cast(tf.logical_and(predictions == 1, y == 1), tf.int64))
fp = tf.reduce_sum(tf.cast(tf.logical_and(predictions == 1, tf.logical_not(y == 1)), tf.int64))
print("precision", (tf.cast(tp, tf.float64) / tf.cast(tp + fp, tf.float64)).numpy())
