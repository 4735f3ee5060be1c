import numpy as np
import tensorflow as tf

np.random.seed(11)
rgb = tf.convert_to_tensor(np.random.rand(4, 5, 3))
gray = 0.299 * rgb[:, :, 0] + 0.587 * rgb[:, :, 1] + 0.114 * rgb[..., 2]
flipped = gray[:, ::-1]
cropped = gray[1:3, 1:-1]
channels = tf.transpose(rgb, [2, 0, 1])
print(tuple(gray.shape), flipped[0, 0].numpy(), tf.reduce_mean(cropped).numpy(), tuple(channels.shape))
