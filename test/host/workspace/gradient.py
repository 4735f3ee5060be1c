import tensorflow as tf


def f(x):
    return x * x


x = tf.Variable(3.0)
with tf.GradientTape() as tape:
    y = f(x)
print(tape.gradient(y, x).numpy())
