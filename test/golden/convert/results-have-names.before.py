import numpy as np

# What an operator gives is an array of its own, and its second name sees the changes of the first.
x = np.arange(4.0)
up = +x
other = up
up[0] = 9.0
print(other, x)
down = -x
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
