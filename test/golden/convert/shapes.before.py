import numpy as np

x = np.arange(24)
cube = x.reshape(2, 3, 4)
print(cube.shape, cube.T.shape, np.transpose(cube, (2, 0, 1)).shape, cube.size, len(cube))
rows, columns, depth = cube.shape
flat = cube.ravel()
again = np.reshape(flat, (rows * columns, depth))
print(again[1], cube.flatten()[:3], np.shape(again), cube.reshape(-1)[5])
column = x[:, np.newaxis]
print(column.shape, (column + x[None, :3]).shape)
