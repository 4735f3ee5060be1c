import numpy as np


def rotation(angle):
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, -s], [s, c]])


R = rotation(np.pi / 4)
pts = np.array([[1, 0], [0, 1], [1, 1]])
turned = pts @ R.T
center = turned.mean(axis=0)
homo = np.c_[pts, np.ones(3)]
T = np.eye(3)
T[:2, :2] = R
T[:2, 2] = [1, 2]
moved = homo @ T.T
angles = np.deg2rad(np.array([0, 90, 180]))
many = np.array([rotation(a) for a in angles])
batch = many @ pts.T
lengths = np.sqrt((moved[:, :2] ** 2).sum(axis=1))
