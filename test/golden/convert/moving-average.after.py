import tensorflow as tf


def moving_average(values, width):
    out = []
    for i in range(len(values) - width + 1):
        out.append(tf.reduce_mean(values[i:i + width]))
    out = tf.stack(out)
    return out


series = tf.constant([1.0, 4.0, 2.0, 8.0, 5.0, 7.0], tf.float64)
smooth = moving_average(series, 3)
print(smooth.numpy())
