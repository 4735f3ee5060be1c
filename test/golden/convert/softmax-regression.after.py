"""Softmax regression trained by gradient descent on three clusters."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
n_classes, n_per_class, n_features = 3, 20, 2
centers = tf.constant([[0.0, 0.0], [3.0, 0.5], [1.0, 3.0]], tf.float64)
X = tf.concat([center + 0.6 * tf.convert_to_tensor(rng.normal(0.0, 1.0, (n_per_class, n_features))) for center in centers], 0)
y = tf.repeat(tf.range(n_classes, dtype=tf.int64), n_per_class)
X = tf.concat([tf.ones(len(X), tf.float64)[:, None], X], 1)


def softmax(scores):
    shifted = tf.subtract(scores, tf.reduce_max(scores, axis=1, keepdims=True))
    exps = tf.exp(shifted)
    return exps / tf.reduce_sum(exps, axis=1, keepdims=True)


def cross_entropy(probabilities, labels):
    picked = tf.gather_nd(probabilities, tf.stack([tf.range(len(labels), dtype=tf.int64), labels], -1))
    return -tf.reduce_mean(tf.math.log(tf.maximum(picked, 1e-12)))


W = tf.zeros((n_features + 1, n_classes), tf.float64)
targets = tf.cast(tf.equal(y[:, None], tf.range(n_classes, dtype=tf.int64)), tf.float64)
for step in range(100):
    P = softmax(X @ W)
    gradient = tf.matmul(tf.transpose(X), tf.subtract(P, targets)) / len(X)
    W = W - 0.5 * gradient
    if step % 25 == 0:
        print(step, round(float(cross_entropy(P, y)), 6))

predicted = tf.argmax(softmax(X @ W), axis=1)
accuracy = tf.cast(tf.math.count_nonzero(predicted == y), tf.float64) / len(y)
print("accuracy", accuracy.numpy())
print("any wrong:", tf.reduce_any(predicted != y).numpy(), "all finite:", tf.reduce_all(tf.math.is_finite(W)).numpy())
