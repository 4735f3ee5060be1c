import numpy as np
import tensorflow as tf


def item(a, i):
    try:
        return tf.convert_to_tensor(a.numpy()[i])
    except IndexError:
        return tf.constant(-1.0, tf.float64)


a = tf.range(3.0, dtype=tf.float64)
print(item(a, 1).numpy(), item(a, 7).numpy(), item(a, -1).numpy())
try:
    print(a.numpy() + np.ones(4))
except ValueError as error:
    print(error)
try:
    print(a.numpy()[a.numpy() > 5].max())
except ValueError as error:
    print(error)
try:
    total = np.sum(a.numpy())
except KeyError:
    total = 0
print(total)
counts = np.zeros(3)
try:
    counts[5] = 1
except IndexError as error:
    print(error)
try:
    counts += np.ones(4)
except ValueError as error:
    print(error)
print(counts)
