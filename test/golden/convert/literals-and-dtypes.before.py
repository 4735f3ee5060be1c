import numpy as np

# Numbers that tf.constant does not take for the dtype are cast.
whole = np.array([2.0, -0.5, 3.75], dtype=int)
masks = np.array([0, 2, -1], bool)
small = np.array([True, False], dtype=np.uint8)
count = np.full(3, 2.5, dtype=int)
flags = np.full((2, 2), 3, dtype=bool)
print(whole, masks, small, count, flags)

# A stored number that changes its dtype.
seen = whole > 0
seen[...] = 2
seen[0] = False
print(seen)

# A scalar becomes an array, and its dtype widens.
step = np.float32(0.5)
step += np.arange(3)
start = 0
start += whole
print(step, start, start.dtype)
