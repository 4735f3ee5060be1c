import numpy as np

x = np.array([-3.0, 0.2, 8.0])
print(np.clip(x, 0, 1), np.clip(x, None, 0.5), np.clip(x, -1.0, None))
print(np.where(x > 0, x, 0), np.where(x > 0, 1, 0), np.where(x > 0)[0])
i = np.array([1, 5, 9])
print(np.clip(i, 2, 6), np.where(i > 2, i, 0.5))
