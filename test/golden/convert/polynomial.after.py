import tensorflow as tf


def horner(coefficients, x):
    result = tf.zeros_like(x)
    for c in coefficients:
        result = result * x + c
    return result


x = tf.linspace(tf.constant(-1, tf.float64), 1, 9)
y = horner([1.0, -2.0, 0.5], x)
print(y.numpy())
