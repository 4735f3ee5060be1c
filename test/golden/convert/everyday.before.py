import numpy as np


class Net:
    def __init__(self, n):
        self.w = np.ones((n, n))
        self.b = np.zeros(n)

    def run(self, x):
        h = self.w @ x + self.b
        self.b += 1
        return np.maximum(h, 0)


net = Net(3)
x = np.array([1.0, 2.0, 3.0])
for k in range(2):
    x = net.run(x)
print(x, net.w.sum())


def stats(v):
    return v.mean(), v.std(), {"max": v.max(), "min": v.min()}


m, s, extra = stats(x)
print(m, s, extra["max"], extra)


def recursive(v, depth):
    if depth == 0:
        return v
    return recursive(v * 0.5, depth - 1)


print(recursive(np.ones(2), 3))


def outer(a):
    def inner(b):
        return a * b
    return inner(2.0) + inner(3.0)


print(outer(np.ones(2)))


def default(a, w=None, *, scale=1.0):
    if w is None:
        w = np.ones_like(a)
    return (a * w).sum() * scale


print(default(x), default(x, scale=2.0), default(x, np.zeros(3)))
total = 0
for row in np.arange(6.0).reshape(2, 3):
    total = total + row.sum()
print(total)
acc = []
for i in range(3):
    acc += [np.full(2, i)]
print(np.concatenate(acc), len(acc))
t = tuple(np.zeros(2) for _ in range(2))
print(t)
mat = np.arange(9).reshape(3, 3)
for i in range(3):
    for j in range(3):
        if i == j:
            mat[i, j] = 0
        elif i > j:
            mat[i][j] = -1
print(mat)
b = np.ones(3, dtype=bool)
b[1] = False
print(b, x[b], ~b, b.sum())
q = np.array([[1.5, 2.5], [3.5, 4.5]])
q[0], q[1] = q[1].copy(), q[0].copy()
print(q)
lo = np.inf
for val in [3.0, 1.0]:
    lo = min(lo, val)
print(lo, np.isnan(np.nan))
r = np.random.RandomState(0).rand(2)
print(r, r * 2)
np.random.seed(1)
if np.random.rand() < 0.5:
    print("low")
c = np.random.choice([1, 2, 3], 2)
print(c + 1)
print("%.3f and %s" % (x[0], x), "{:.2f} {}".format(x[1], x))
global_array = np.zeros(3)


def bump(i):
    global_array[i] += 1


bump(1)
print(global_array)
v = x
v += 1
print(x is v, x)
