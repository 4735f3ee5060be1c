import numpy as np

world = np.zeros((8, 8), dtype=int)
world[1, 2] = world[2, 3] = 1
world[3, 1:4] = 1
for step in range(4):
    count = np.zeros((8, 8), dtype=int)
    count[1:-1, 1:-1] = (world[:-2, :-2] + world[:-2, 1:-1] + world[:-2, 2:] + world[1:-1, :-2]
                         + world[1:-1, 2:] + world[2:, :-2] + world[2:, 1:-1] + world[2:, 2:])
    world = np.where((count == 3) | ((world == 1) & (count == 2)), 1, 0)
print(world.sum())
print(world)
