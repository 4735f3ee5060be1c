import tensorflow as tf


def f(x):
    return x ** 3 - 2 * x - 5


def slope(x):
    return 3 * x ** 2 - 2


x = tf.constant(2.0, tf.float64)
count = 0
while tf.abs(f(x)) > 1e-12 and count < 20:
    x = x - f(x) / slope(x)
    count += 1
print(f"root {x.numpy():.10f} after {count} steps")
