import numpy as np

rule = 30
bits = np.array([(rule >> i) & 1 for i in range(8)])
width, steps = 21, 10
grid = np.zeros((steps, width), dtype=int)
grid[0, width // 2] = 1
for t in range(1, steps):
    left = grid[t - 1, :-2]
    mid = grid[t - 1, 1:-1]
    right = grid[t - 1, 2:]
    code = 4 * left + 2 * mid + right
    grid[t, 1:-1] = bits[code]
ones = grid.sum(axis=1)
density = ones / width
