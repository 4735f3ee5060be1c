import numpy as np

a = np.arange(5)
b = np.arange(2, 10, 3)
c = np.arange(0.0, 1.0, 0.25)
d = np.arange(5, dtype=np.float32)
e = np.arange(3.0)
f = np.linspace(0, 1, 11)
g = np.linspace(0, 1)
h, step = np.linspace(0, 2, 5, retstep=True)
i = np.linspace(0, 10, 3, dtype=int)
j = np.logspace(0, 3, 4)
k = np.linspace(np.zeros(3), np.ones(3), 5)
m = np.arange(10, 0, -3)
n = np.mgrid[0:3, 0:4]
o = np.mgrid[0:1:0.25]
p = np.c_[np.arange(3), np.ones(3)]
q = np.c_[np.zeros((3, 2)), np.arange(3)]
X, Y = np.meshgrid(np.arange(3), np.linspace(0, 1, 4))
XI, YI = np.meshgrid(np.arange(3), np.arange(4), indexing="ij")
r = np.fromfunction(lambda i, j: i + j, (3, 4))
s = np.diag([1, 2, 3])
t = np.diag(np.ones((3, 5)))
u = np.diag(np.ones(3), 1)
v = list(range(4))
w = np.array(range(6))
