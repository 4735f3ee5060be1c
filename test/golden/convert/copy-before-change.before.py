import numpy as np

original = np.arange(6.0).reshape(2, 3)
changed = original.copy()
changed[0] = 9.0
changed *= 2
print(original)
print(changed)
