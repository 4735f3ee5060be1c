import tensorflow as tf


def describe(x):
    if tf.reduce_max(x) > 10:
        scaled = x / tf.reduce_max(x)
    elif tf.reduce_sum(x) == 0:
        scaled = x
    else:
        scaled = x * 2.0
    return scaled


print(describe(tf.constant([1.0, 20.0], tf.float64)).numpy())
print(describe(tf.zeros(2, tf.float64)).numpy())
best = None
for candidate in [3.0, 1.0, 2.0]:
    score = tf.square(tf.constant(candidate - 1.2, tf.float64))
    if best is None or score.numpy() < best:
        best = score.numpy()
print(best)
