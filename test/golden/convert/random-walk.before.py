import numpy as np

np.random.seed(12)
steps = np.random.randint(0, 2, 100) * 2 - 1
position = np.zeros(101, dtype=int)
for i in range(100):
    position[i + 1] = position[i] + steps[i]
print(position[-1], position.max(), position.min())
