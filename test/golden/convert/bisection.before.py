import numpy as np

low, high = 0.0, 2.0
for step in range(40):
    middle = (low + high) / 2
    if np.cos(middle) > 0:
        low = middle
    else:
        high = middle
print(low, np.pi / 2)
