import numpy as np

numbers = np.array([1, 2, 3, 4, 5])
shifted = np.add(numbers, 2)
squared = np.square(shifted)
print("shifted:", shifted)
print("squared:", squared)
