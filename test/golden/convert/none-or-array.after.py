import numpy as np
import tensorflow as tf

x = np.arange(3.0)


def double(a):
    return tf.convert_to_tensor(a) * 2


r = double(x).numpy() if x.sum() > 99 else None
print(r)
s = double(x).numpy() if x.sum() > 1 else None
print(s)


def first_above(a, limit):
    for v in tf.convert_to_tensor(a):
        if v > limit:
            return v.numpy()


print(first_above(x, 1.0), first_above(x, 9.0))


# A parameter that is a number in one call and an array in another shows which it was.
def same(a):
    return a


print(same(x), same(True), [same(2)])


def pair(a, low=-1.0):
    return low, a


print(pair(x))
total = sum(tf.reduce_sum(v) for v in tf.ones((2, 3), tf.float64))
print(total.numpy(), sum(x > 0))
