import numpy as np

i4 = np.array([1, 2], dtype=np.int32)
i8 = np.array([1, 2])
u1 = np.array([1, 2], dtype=np.uint8)
f4 = np.array([1, 2], dtype=np.float32)
f8 = np.array([1.0, 2.0])
b1 = np.array([True, False])
a = i4 + i8
b = i4 + f4
c = i8 * f4
d = u1 + i4
e = u1 + f4
f = f4 + f8
g = b1 + i4
h = b1 + b1
i = f4 + 1
j = f4 * 2.5
k = i4 + 1
m = i4 + 1.5
n = u1 * 2
o = b1 * 2
p = b1 * 1.5
q = i8 / 2
r = i4 / i4
s = f4 / 2
t = i8 // 2
u = f4 % 2
v = i4 ** 2
w = f4 ** 0.5
x = -f4
y = ~b1
z = b1 & (i8 > 1)
aa = i8 > 1.5
bb = f4 == f8
cc = i4 << 2
dd = i8 @ i8
ee = f4 * np.float64(2)
ff = f4 * np.float32(2)
gg = i8[0] * f4
hh = True + i4
ii = abs(i4)
