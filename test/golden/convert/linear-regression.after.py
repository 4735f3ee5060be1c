import numpy as np
import tensorflow as tf

np.random.seed(1)
X = tf.convert_to_tensor(np.random.rand(30, 2))
true_w = tf.constant([2.0, -3.0], tf.float64)
y = tf.linalg.matvec(X, true_w) + 0.5
Xb = tf.concat([X, tf.ones((30, 1), tf.float64)], 1)
w = tf.linalg.matvec(tf.linalg.inv(tf.transpose(Xb) @ Xb) @ tf.transpose(Xb), y)
print("weights", w.numpy())
residual = tf.norm(tf.linalg.matvec(Xb, w) - y)
print((residual < 1e-8).numpy())
