import numpy as np

angles = np.linspace(0, np.pi, 5)
print(np.sin(angles).sum(), np.deg2rad(np.array([0.0, 180.0])))
limit = np.array([1.0, np.inf, -np.inf])
eps = np.finfo(np.float64).eps
print(limit, 1.0 + eps > 1.0, np.float64(2.5) * 2)
