import numpy as np
import math

a = np.float64(3)
b = np.float32(2.5)
c = a * b
d = b * 2
e = b + 1.5
f = np.sqrt(2)
g = np.sqrt(np.float32(2))
h = math.sqrt(2)
i = np.sum([1, 2, 3])
j = np.mean([1, 2, 3])
k = np.array([1, 2, 3])[0]
m = k / 2
n = k * 2
o = int(k)
p = float(k)
q = k > 1
r = np.pi * 2
s = 7 // 2
t = 7 / 2
u = 2 ** 3
v = 2 ** -1
w = len([1, 2, 3])
x = round(2.5)
y = max(1, 2)
z = abs(-3.5)
aa = math.floor(2.7)
bb = math.pi
cc = not q
dd = 1 < 2
ee = k.item()
ff = np.max(np.arange(3.0))
gg = np.float32(1) + np.array([1, 2])
hh = 5 % 3
ii = "a" + "b"
