import numpy as np

i = np.array([7, -7, 3], dtype=np.int32)
j = np.array([2, 2, 2])
print(i // 2, i % 2, (i * j).dtype == np.int64, np.sum(i), np.mean(i))
u = np.array([200, 100], dtype=np.uint8)
print(u + u, u * 2, u / 2, u.astype(int) * 2, u > 150)
k = i.astype(np.float32)
print(k * 0.5, k.sum(), (k + i).max())
