import numpy as np

x = np.arange(4.0)
try:
    y = x.reshape(2, 2)
    z = y.sum(axis=0)
except ValueError:
    y = x
    z = x
try:
    w = int("a")
except ValueError as err:
    w = -1
finally:
    done = True
with np.errstate(divide="ignore"):
    q = 1 / x
r = x
try:
    r = np.zeros(2)
    raise RuntimeError("stop")
except RuntimeError:
    s = r
