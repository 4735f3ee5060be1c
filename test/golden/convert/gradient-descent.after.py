import numpy as np
import tensorflow as tf

np.random.seed(0)
X = tf.convert_to_tensor(np.random.randn(40, 3))
w_true = tf.constant([1.0, -2.0, 0.5], tf.float64)
y = tf.linalg.matvec(X, w_true)
w = tf.zeros(3, tf.float64)
rate = 0.1
losses = []
for epoch in range(50):
    error = tf.linalg.matvec(X, w) - y
    loss = tf.reduce_mean(error ** 2)
    losses.append(loss)
    w -= rate * 2 * tf.linalg.matvec(tf.transpose(X), error) / len(y)
print("loss", losses[0].numpy(), losses[-1].numpy())
print("w", w.numpy())
