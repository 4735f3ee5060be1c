import tensorflow as tf

counts = tf.constant([1, 2, 3], tf.int64)
weights = tf.constant([0.5, 0.25, 0.125], tf.float64)
singles = tf.constant([1, 2, 3], tf.float32)
small = tf.constant([250, 251, 252], tf.uint8)
flags = tf.constant([True, False, True], tf.bool)
print((tf.cast(counts, tf.float64) * weights).numpy(), (tf.cast(counts, tf.float64) / 2).numpy(), (counts // 2).numpy(), (counts % 2).numpy())
print((tf.cast(singles, tf.float64) + weights).numpy(), (singles * 2.0).numpy(), (small + 1).numpy(), (small * 2).numpy())
print((tf.cast(flags, tf.float64) * weights).numpy(), (tf.cast(flags, tf.int64) + counts).numpy(), (~flags).numpy(), (flags & True).numpy())
halved = tf.cast(counts, tf.float64) * 0.5
power = counts ** 2
mask = (counts > 1) & (weights < 0.5)
print(halved.numpy(), power.numpy(), mask.numpy())
