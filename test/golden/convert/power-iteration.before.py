import numpy as np

A = np.array([[2.0, 1.0], [1.0, 3.0]])
v = np.ones(2)
for i in range(50):
    w = A @ v
    v = w / np.linalg.norm(w)
eigenvalue = v @ A @ v
print("eigenvalue", eigenvalue, v)
