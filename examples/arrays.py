"""Array arithmetic: a small table of temperatures, in NumPy and again by hand in TensorFlow."""

import numpy as np
import tensorflow as tf

celsius = np.array([[12.5, 14.0, 9.5], [21.0, 23.5, 19.0]])
fahrenheit = celsius * 9 / 5 + 32
daily_mean = np.mean(fahrenheit, axis=0)
warmest = np.argmax(celsius)

print("NumPy mean:", daily_mean)
print("Warmest cell:", warmest)

tensor = tf.constant(celsius)
converted = tensor * 9 / 5 + 32
print("TensorFlow mean:", tf.reduce_mean(converted, axis=0).numpy())
