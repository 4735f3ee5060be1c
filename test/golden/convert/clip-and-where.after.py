import tensorflow as tf

x = tf.constant([-3.0, 0.2, 8.0], tf.float64)
print(tf.clip_by_value(x, 0, 1).numpy(), tf.minimum(x, 0.5).numpy(), tf.maximum(x, -1.0).numpy())
print(tf.where(x > 0, x, 0).numpy(), tf.where(x > 0, tf.constant(1, tf.int64), 0).numpy(), tf.where(x > 0)[:, 0].numpy())
i = tf.constant([1, 5, 9], tf.int64)
print(tf.clip_by_value(i, 2, 6).numpy(), tf.where(i > 2, tf.cast(i, tf.float64), 0.5).numpy())
