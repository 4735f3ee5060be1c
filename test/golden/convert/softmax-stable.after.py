import tensorflow as tf


def log_sum_exp(x):
    top = tf.reduce_max(x)
    return top + tf.math.log(tf.reduce_sum(tf.exp(x - top)))


scores = tf.constant([1000.0, 1001.0, 999.0], tf.float64)
print(log_sum_exp(scores).numpy(), tf.exp(scores - log_sum_exp(scores)).numpy())
