import numpy as np

a = 3
b = a / 2
c = a // 2
d = a * 1.5
e = np.float64(a)
f = e + a
g = [a, b]
h = np.array(g)
i = a > b
j = -a
k = a if i else b
m = (a + b) * e
n = int(b)
o = float(a)
p = bool(a)
q = str(a)
r = divmod(7, 2)
s = a ** 2 + b ** 2
t = sum([1.5, 2.5])
u = np.sum(g)
v = min(a, 5)
w = round(b, 1)
x = pow(2, 5)
y = 1e3
z = 10 ** 6
