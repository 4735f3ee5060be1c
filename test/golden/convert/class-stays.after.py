import numpy as np
import tensorflow as tf


class Layer:
    def __init__(self, size):
        self.weights = np.ones((size, size)) * 0.5

    def forward(self, x):
        return self.weights @ x


layer = Layer(3)
x = tf.constant([1.0, 2.0, 3.0], tf.float64)
y = tf.convert_to_tensor(layer.forward(x.numpy()))
print(y.numpy(), tf.reduce_sum(x).numpy())
