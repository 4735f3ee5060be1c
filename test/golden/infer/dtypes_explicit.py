import numpy as np

a = np.zeros(3, dtype=bool)
b = np.zeros(3, "int32")
c = np.ones(2, dtype="float32")
d = np.array([1, 2], dtype="uint8")
e = d.astype("float64")
f = np.arange(3, dtype="f4")
g = np.zeros((2,), dtype=np.uint8)
h = e.dtype
i = np.zeros(2, dtype=e.dtype)
j = np.array([1.7, 2.2]).astype(np.int32)
k = np.float32(3) * np.ones(2, dtype=np.float32)
m = np.asarray([1, 2], dtype=float)
n = np.full(3, True)
o = np.full(2, 1, dtype=np.float32)
p = np.linspace(0, 1, 3, dtype=np.float32)
q = np.sum(np.ones(3, dtype=np.float32), dtype=np.float64)
r = np.zeros(3, dtype=np.dtype("float32")) if False else np.zeros(3)
eps = np.finfo(np.float32).eps
tiny = np.finfo(float).tiny
s = a | (b > 0)
t = a.astype(int) + d[0]
u = np.eye(2, dtype=bool)
v = np.where(a, 1.0, np.float32(2))
