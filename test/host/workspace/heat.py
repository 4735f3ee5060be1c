"""NumPy with in-place updates: heat spreads along a rod whose ends are held at fixed temperatures."""

import numpy as np


def spread(rod, steps):
    for _ in range(steps):
        rod[1:-1] = rod[1:-1] + 0.25 * (rod[:-2] - 2 * rod[1:-1] + rod[2:])
    return rod


rod = np.zeros(9)
rod[0] = 100.0
rod[-1] = 20.0
rod = spread(rod, 12)
flow = np.diff(rod)

print("temperatures:", rod)
print("largest drop:", np.max(np.abs(flow)))
