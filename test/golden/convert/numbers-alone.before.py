"""Functions of Python numbers alone: NumPy gives float64 and int64."""

import numpy as np
a = np.maximum(3, 4.5)
b = np.maximum(3, 4)
c = np.minimum(2.0, 3)
d = np.less(1, 2.5)
e = np.equal(1, 1)
f = np.bitwise_and(6, 3)
g = np.maximum(np.arange(3), 1)
h = np.minimum(0.5, np.ones(2))
print(a, b, c, d, e, f, g, h, a.dtype, b.dtype)
