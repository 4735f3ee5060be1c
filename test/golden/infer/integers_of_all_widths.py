"""Integers of every width: promotion, sums, means, casts, comparisons."""

import numpy as np

i1 = np.array([1, 2], dtype=np.int8)
i2 = np.array([1, 2], dtype="int16")
u2 = np.zeros(3, dtype="u2")
u4 = np.arange(4, dtype=np.uint32)
u8 = np.ones((2, 2), dtype=np.uint64)
i8 = np.array([1, 2])
image = np.zeros((4, 6, 3), dtype=np.uint8)
total = image.sum()
rows = np.sum(image, axis=0)
running = np.cumsum(image)
product = np.prod(i2)
mean = image.mean(axis=(0, 1))
mixed = i1 + np.array([1, 2], dtype=np.uint8)
wide = u4[:2] + i8
widest = u8 + i8
half = u2 / 2
roots = np.sqrt(i2)
large_roots = np.sqrt(u4)
scaled = i1 * 2
floats = i1 * 2.5
single = i2 * np.float32(2)
double = u4 * np.float32(2)
truths = u8 == i8
negative = -u2
short = u4.astype(np.short)
unsigned = np.dtype("L").type(3)
bits = np.array([1, 2], dtype=np.ubyte) & np.array([3, 3], dtype=np.ushort)
counted = np.array([True, False]) // np.array([True, True])
squared = np.square(np.array([True]))
largest = u8.max(axis=0)
place = u8.argmax()
stacked = np.concatenate([i1, i2])
chosen = np.where(truths, u8, i1)
