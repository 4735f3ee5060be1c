"""A box blur, unsharp masking and a threshold on a small grey image."""
import tensorflow as tf

rows, columns = tf.meshgrid(tf.range(12, dtype=tf.int64), tf.range(12, dtype=tf.int64), indexing='ij')
image = tf.Variable((rows * 20 + columns * 3) % 256)
image = tf.Variable(tf.cast(image, tf.float64))
image[4:8, 4:8].assign(255.0)


def box_blur(image, radius):
    total = tf.zeros_like(image)
    for dy in range(-radius, radius + 1):
        for dx in range(-radius, radius + 1):
            total += tf.roll(image, (dy, dx), axis=(0, 1))
    return total / (2 * radius + 1) ** 2


blurred = box_blur(tf.identity(image), 1)
sharp = tf.clip_by_value(image + 0.7 * (image - blurred), 0, 255)
threshold = tf.reduce_mean(sharp) + 0.5 * tf.math.reduce_std(sharp)
mask = tf.greater(sharp, threshold)
print("blurred", (tf.round(blurred[5] * 100.0) / 100.0).numpy())
print("threshold", (tf.round(threshold * 1e4) / 1e4).numpy(), "pixels", tf.math.count_nonzero(mask).numpy())
ys, xs = tf.unstack(tf.where(mask), axis=1)
print("centre of mass", (tf.round(tf.reduce_mean(tf.cast(ys, tf.float64)) * 1000.0) / 1000.0).numpy(), (tf.round(tf.reduce_mean(tf.cast(xs, tf.float64)) * 1000.0) / 1000.0).numpy())
bytes_ = tf.cast(tf.round(sharp), tf.uint8)
print(bytes_.numpy().dtype, tf.reduce_min(bytes_).numpy(), tf.reduce_max(bytes_).numpy())
