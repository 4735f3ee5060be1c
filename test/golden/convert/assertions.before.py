import numpy as np

x = np.array([0.1, 0.2, 0.3])
y = x * 3
np.testing.assert_almost_equal(y, np.array([0.3, 0.6, 0.9]))
assert y.shape == (3,)
assert len(x) == 3 and x[0] < 0.2
print("ok", y.ndim)
