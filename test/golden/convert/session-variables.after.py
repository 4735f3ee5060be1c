import tensorflow as tf

w = tf.Variable([1.0, 2.0])


@tf.function
def compute_total():
    return tf.reduce_sum(w)

value = compute_total()
print("total", value.numpy())
