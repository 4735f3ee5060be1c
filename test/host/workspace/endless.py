import numpy as np

total = np.zeros(3)
while True:
    total = total + 1.0
