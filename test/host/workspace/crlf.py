import numpy as np

a = np.zeros((2, 3))
b = np.sum(a, axis=0)  # keeps its line ends
print(b)
