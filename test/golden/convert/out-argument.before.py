import numpy as np

a = np.array([1.0, 2.0])
b = np.array([3.0, 4.0])
c = np.zeros(2)
np.add(a, b, out=c)
np.multiply(c, 2.0, out=c)
np.sqrt(c, out=c)
print(c)
