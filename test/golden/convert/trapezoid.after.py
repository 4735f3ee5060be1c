import tensorflow as tf


def integrate(f, a, b, n):
    x = tf.linspace(tf.constant(a, tf.float64), b, n)
    y = f(x)
    h = (b - a) / (n - 1)
    return h * (tf.reduce_sum(y) - 0.5 * (y[0] + y[-1]))


def curve(t):
    return t ** 2 + 1


print(integrate(curve, 0.0, 3.0, 101).numpy())
