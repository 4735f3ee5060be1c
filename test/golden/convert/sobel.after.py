"""Edges by Sobel filters, thinned by a threshold."""
import tensorflow as tf

image = tf.Variable(tf.zeros((10, 10), tf.float64))
image[3:7, 3:7].assign(1.0)


def correlate(image, kernel):
    padded = tf.concat([image[:1], image, image[-1:]], 0)
    padded = tf.concat([padded[:, :1], padded, padded[:, -1:]], 1)
    height, width = image.shape
    result = tf.zeros((height, width), tf.float64)
    for i in range(3):
        for j in range(3):
            result += kernel[i, j] * padded[i:i + height, j:j + width]
    return result


horizontal = tf.constant([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]], tf.float64)
gx = correlate(tf.identity(image), horizontal)
gy = correlate(tf.identity(image), tf.transpose(horizontal))
magnitude = tf.sqrt(tf.add(tf.square(gx), tf.square(gy)))
edges = tf.greater_equal(magnitude, 0.5 * tf.reduce_max(magnitude))
for line in tf.cast(edges, tf.int64):
    print(line.numpy())
print("edge pixels", tf.reduce_sum(tf.cast(edges, tf.int64)).numpy(), "strength", (tf.round(tf.reduce_mean(tf.boolean_mask(magnitude, edges)) * 1e6) / 1e6).numpy())
rows = tf.reduce_any(edges, axis=1)
print("rows", tf.where(rows)[:, 0].numpy(), "corner", (tf.round(magnitude[2, 2] * 1e6) / 1e6).numpy())
