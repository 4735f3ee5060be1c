import numpy as np

x = np.array([1, 2, 3])
s = 0
for v in x:
    s += v
p = 1
for v in x:
    p *= v
m = x[0]
for v in x:
    if v > m:
        m = v
f = 0.0
for v in x:
    f += v / 2
c = 0
for v in x:
    if v > 1:
        c += 1
t = np.zeros(2)
for v in x:
    t = t + v
u = np.zeros(2, dtype=np.float32)
for v in [0.5, 1.5]:
    u = u + v
w = 1
for k in range(3):
    w = w / 2
