import contextlib

import numpy as np
import tensorflow as tf

# What stays NumPy takes the names beside it along.
x = np.arange(4)
a, b = tf.convert_to_tensor(x) > 1, np.sqrt(True)
print(a.numpy(), b)


def show(m, *rest):
    print(m.numpy(), rest)


show(a)
table = tf.Variable((lambda i, j: i + j)(*tf.meshgrid(tf.range(2, dtype=tf.float64), tf.range(3, dtype=tf.float64), indexing='ij')))
table[:, ...].assign(tf.exp(table))
print(table.numpy())
half = np.sqrt(tf.constant([True, False], tf.bool).numpy())
for h, v in zip(half, x):
    print(h, v * 2)
if (w := x[1:]) is not None:
    w[0] = 7
print(x, w)
for e in tf.constant([True, False], tf.bool).numpy():
    e += 1
    print(e)
first = np.zeros(2)
first[0], second = 1.0, half
print(first, second)


# Exceptions that a caller catches.
def inverse(m):
    return tf.linalg.inv(m)


with contextlib.suppress(ValueError):
    print(np.ones(2) + np.ones(3))
print(inverse(tf.eye(2, dtype=tf.float64) * 2).numpy())


# A loop reads the array element by element, and sees what is written meanwhile.
turns = np.arange(3.0)
for k, e in enumerate(turns):
    turns += 1
    print(k, e)
later = np.arange(3)
for e in later:
    later[1:] = 7
    print(e * 2)


# An inner function is the same function in every call around it.
def outer(a, b):
    found = a > 1

    def inner(z):
        return z.numpy() + b

    return inner(found)


print(outer(tf.range(3, dtype=tf.int64), 1), outer(tf.range(3, dtype=tf.int64), 2.5))
left, right = tf.zeros(4, tf.float64), np.ones(4)
right[::2] = left[0].numpy()
print(left.numpy(), right)
