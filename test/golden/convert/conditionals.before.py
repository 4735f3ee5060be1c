import numpy as np


def describe(x):
    if x.max() > 10:
        scaled = x / x.max()
    elif np.sum(x) == 0:
        scaled = x
    else:
        scaled = x * 2.0
    return scaled


print(describe(np.array([1.0, 20.0])))
print(describe(np.zeros(2)))
best = None
for candidate in [3.0, 1.0, 2.0]:
    score = np.square(candidate - 1.2)
    if best is None or score < best:
        best = score
print(best)
