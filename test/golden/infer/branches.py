import numpy as np


def scale(x, mode="std"):
    if mode == "std":
        s = x.std()
    elif mode == "max":
        s = x.max()
    else:
        s = 1.0
    return x / s


x = np.arange(1.0, 6.0)
a = scale(x)
b = scale(x, "max")
c = scale(x, mode="none")
flag = x.sum() > 10
if flag:
    y = np.zeros(3)
else:
    y = np.ones(3)
if x[0] > 0:
    z = x
else:
    z = -x
k = 1 if flag else 2
w = None
if w is None:
    w = np.ones(5)
v = w * x
while k < 5:
    k += 1
