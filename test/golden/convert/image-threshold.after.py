import numpy as np
import tensorflow as tf

np.random.seed(9)
image = tf.cast(tf.convert_to_tensor(np.random.randint(0, 256, (8, 8))), tf.uint8)
binary = tf.where(image > 127, tf.constant(255, tf.int64), 0)
bright = tf.boolean_mask(image, image > 200)
print(tf.reduce_sum(binary).numpy(), int(tf.size(bright)), tf.reduce_max(image).numpy(), tf.reduce_min(image).numpy())
normalized = tf.cast(image, tf.float64) / 255.0
print(tf.reduce_mean(normalized).numpy())
