import numpy as np


def rotation(angle):
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, -s], [s, c]])


R = rotation(np.pi / 6)
point = np.array([1.0, 0.0])
for k in range(3):
    point = R @ point
print(np.abs(R @ R.T - np.eye(2)).max() < 1e-12, point[1])
