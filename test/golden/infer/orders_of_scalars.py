"""The order of a scalar has one place."""

import numpy as np

x = np.array(3.0)
a = np.argsort(x)
b = np.argsort(np.float64(2.0))
c = np.argsort(np.array([[2, 1]]), axis=None)
