import numpy as np

x = np.array([1.0, 2.0, 3.0, 4.0])
total = np.zeros(4)
running = 0.0
for i in range(4):
    running += x[i]
    total[i] = running
print(total)
