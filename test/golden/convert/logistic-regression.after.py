import numpy as np
import tensorflow as tf


def sigmoid(z):
    return 1 / (1 + tf.exp(-z))


np.random.seed(5)
X = tf.convert_to_tensor(np.random.randn(60, 2))
y = tf.cast(X[:, 0] + X[:, 1] > 0, tf.float64)
w = tf.zeros(2, tf.float64)
b = tf.constant(0.0, tf.float64)
for step in range(100):
    p = sigmoid(tf.linalg.matvec(X, w) + b)
    grad_w = tf.linalg.matvec(tf.transpose(X), p - y) / len(y)
    grad_b = tf.reduce_mean(p - y)
    w = w - 0.5 * grad_w
    b = b - 0.5 * grad_b
accuracy = tf.reduce_mean(tf.cast((sigmoid(tf.linalg.matvec(X, w) + b) > 0.5) == (y == 1), tf.float64))
print("accuracy", accuracy.numpy(), "bias", b.numpy())
