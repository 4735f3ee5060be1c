import numpy as np


def gauss_seidel(x, b, n):
    for i in range(1, n - 1):
        x[i] = 0.5 * (x[i - 1] + x[i + 1] + b[i])


def early(a, flag):
    if flag:
        a[0] = 1
        return
    a[-1] = 2


def unknown_param(m):
    return np.sum(m, axis=0)


x = np.zeros(5)
b = np.arange(5.0)
gauss_seidel(x, b, 5)
early(x, True)
early(x, False)
print(x)
d = {"w": np.ones(2), "b": 0.5}
print(d["w"] * 2 + d["b"])
pairs = [(np.zeros(2), 1), (np.ones(2), 2)]
for arr, k in pairs:
    print(arr * k)
f = lambda t: t ** 2 + np.sin(t)
print(f(x), f(2.0))
y = x if x.sum() > 0 else -x
z = [v * 2 for v in y]
print(sum(z), len(z), [float(v) for v in y])
try:
    w = np.linalg.inv(np.zeros((2, 2)))
except np.linalg.LinAlgError:
    w = np.eye(2)
print(w)
if (n := len(x)) > 3:
    print(n)
a, *rest = x
print(a, rest)
del z
x += 1; y = x
with open("/dev/null", "w") as h:
    h.write(str(x.mean()))
for i, v in enumerate(x):
    if v > 2:
        continue
    x[i] = v + 1
print(x)
g = (v for v in x)
print(next(g), any(x > 1), all(x > 100), x.any())
s = 0
for v in x:
    s += v
print(s / len(x), int(s), f"{s:>10.3f}|{x!r}")
print(np.sum(x) if len(x) else 0, not x.sum() > 3, 1 < x[0] < 3)
