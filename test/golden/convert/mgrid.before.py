import numpy as np

rows, columns = np.mgrid[0:3, 0:4]
distance = np.hypot(rows - 1.0, columns - 2.0)
print(distance)
ramp = np.mgrid[0:5]
print(ramp, np.fromfunction(lambda i, j: i + j, (2, 2)))
