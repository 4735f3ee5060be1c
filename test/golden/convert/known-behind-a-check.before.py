"""What is known of an array only behind a check stays what it was before it."""

import numpy as np
def f10(a, d=False):
    v11 = a
    if a.ndim == 1:
        return d
    return v11
r12 = f10(np.ones((3, 3)))
r13 = f10(np.arange(3))
print(r12, r13)
