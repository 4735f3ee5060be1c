import numpy as np  # arrays
import tensorflow as tf

# A comment above.
x = tf.constant([  # the data
    1.0,  # first
    2.0,
], tf.float64)  # closing
# all of it
total = tf.reduce_sum(x, axis=0)
print(f"np.sum is {total.numpy():.1f}", 'np.array', total.numpy())
