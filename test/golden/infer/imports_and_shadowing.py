from numpy import array, zeros as z, pi
from numpy.linalg import norm
import numpy
import numpy as np
import numpy.random as npr

a = array([1, 2])
b = z(3)
c = norm(b)
d = numpy.ones(2)
e = npr.rand(2)
f = 2 * pi


def local(np):
    return np + 1


g = local(3)
h = local(np.zeros(2))


def sum(x):
    return x.shape


i = sum(b)
max = np.max
j = max(b)
lin = np.linalg
k = lin.norm(a)
try:
    import numpy as xp
except ImportError:
    xp = None
m = xp.zeros(2)
array = [1, 2, 3]
n = array[0]
