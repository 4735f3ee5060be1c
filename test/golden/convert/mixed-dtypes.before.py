import numpy as np

counts = np.array([1, 2, 3])
weights = np.array([0.5, 0.25, 0.125])
singles = np.array([1, 2, 3], dtype=np.float32)
small = np.array([250, 251, 252], dtype=np.uint8)
flags = np.array([True, False, True])
print(counts * weights, counts / 2, counts // 2, counts % 2)
print(singles + weights, singles * 2.0, small + 1, small * 2)
print(flags * weights, flags + counts, ~flags, flags & True)
halved = counts * 0.5
power = counts ** 2
mask = (counts > 1) & (weights < 0.5)
print(halved, power, mask)
