"""Run-length coding of a bit string, and back."""
import numpy as np

bits = np.array([1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0])
changes = np.flatnonzero(np.diff(bits) != 0) + 1
starts = np.append(0, changes)
ends = np.append(changes, len(bits))
lengths = np.subtract(ends, starts)
values = np.take(bits, starts)
print("values", values, "lengths", lengths)
restored = np.repeat(values, lengths)
print("same", np.array_equal(restored, bits))
longest = np.argmax(np.where(values == 1, lengths, 0))
print("longest run of ones", lengths[longest], "from", starts[longest])
parity = np.remainder(np.cumsum(bits), 2)
print("parity", parity, "flips", np.count_nonzero(np.not_equal(parity[1:], parity[:-1])))
packed = np.sum(bits.reshape(-1, 4) * np.power(2, np.arange(3, -1, -1)), axis=1)
print("packed", packed, "masks", np.bitwise_and(packed, 6), np.bitwise_xor(packed, 15))
