import tensorflow as tf

@tf.function
def compute_doubled(x):
    return x * 2



@tf.function
def compute_shifted(x):
    doubled = x * 2
    return doubled + 1

data = tf.constant([1.0, 2.0, 3.0], tf.float64)
print(compute_shifted(data).numpy())
print(compute_doubled(tf.constant([5.0], tf.float64)).numpy())
