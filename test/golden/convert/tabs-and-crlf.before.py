import numpy as np
def f(x):
	# tab indented
	return np.exp(x)	+ 1
print(f(np.array([0.0, 1.0])))
