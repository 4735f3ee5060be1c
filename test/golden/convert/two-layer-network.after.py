import numpy as np
import tensorflow as tf


def relu(x):
    return tf.maximum(0, x)


def softmax(z):
    shifted = z - tf.reduce_max(z, axis=1, keepdims=True)
    e = tf.exp(shifted)
    return e / tf.reduce_sum(e, axis=1, keepdims=True)


np.random.seed(7)
X = tf.convert_to_tensor(np.random.randn(16, 4))
labels = tf.convert_to_tensor(np.random.randint(0, 3, 16))
W1 = tf.convert_to_tensor(np.random.randn(4, 8)) * 0.1
b1 = tf.zeros(8, tf.float64)
W2 = tf.convert_to_tensor(np.random.randn(8, 3)) * 0.1
b2 = tf.zeros(3, tf.float64)
for epoch in range(20):
    hidden = relu(X @ W1 + b1)
    probs = softmax(hidden @ W2 + b2)
    loss = -tf.reduce_mean(tf.math.log(tf.gather_nd(probs, tf.stack([tf.range(16, dtype=tf.int64), labels], -1))))
    d = tf.identity(probs)
    d = tf.tensor_scatter_nd_update(d, tf.stack([tf.range(16, dtype=tf.int64), labels], -1), tf.gather_nd(d, tf.stack([tf.range(16, dtype=tf.int64), labels], -1)) - 1)
    d /= 16
    dW2 = tf.transpose(hidden) @ d
    dh = (d @ tf.transpose(W2)) * tf.cast(hidden > 0, tf.float64)
    W2 -= 0.5 * dW2
    b2 -= 0.5 * tf.reduce_sum(d, axis=0)
    W1 -= 0.5 * tf.transpose(X) @ dh
    b1 -= 0.5 * tf.reduce_sum(dh, axis=0)
print("loss", loss.numpy())
