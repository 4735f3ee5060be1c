import numpy as np
import tensorflow as tf

# What an operator gives is an array of its own, and its second name sees the changes of the first.
x = tf.range(4.0, dtype=tf.float64)
up = +x.numpy()
other = up
up[0] = 9.0
print(other, x.numpy())
down = -x.numpy()
again = down
down[1], down[2] = down[2], down[1]
print(again)


# An object holds the caller's array and changes it.
class Weights:
    def __init__(self, w):
        self.w = w

    def step(self, rate):
        self.w -= rate
        return self.w.sum()


start = np.ones(3)
print(Weights(start).step(0.5), start)


# A name that gets what a call returns, and was changed by it.
def cleared(a):
    a[...] = 0
    return 7


start = cleared(start)
print(start)
