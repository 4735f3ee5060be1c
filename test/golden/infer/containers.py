import numpy as np

pair = (np.zeros(2), np.ones((2, 2)))
a, b = pair
c = pair[1]
d = {"x": np.arange(3), "y": 2.0}
e = d["x"]
f = d["y"]
g = [np.zeros(3), np.ones(3)]
h = g[0]
i = g[-1]
first, *rest = [1, 2, 3]
(p, q), r = (1, 2.0), np.ones(1)
s, t = np.zeros((2, 5))
for u, v in zip([1, 2], np.eye(2)):
    w = u * v
for idx, val in enumerate([1.5, 2.5]):
    x = idx * val
y = [k * 2 for k in range(3)]
z = sum(y)
tup = tuple(y)
n = len(tup)
aa = sorted([3, 1, 2])
bb = np.array(aa)
cc = max(y)
dd = [np.mean(item) for item in g]
ee = np.array(dd)
