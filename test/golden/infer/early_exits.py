import numpy as np


def find(x, target):
    for i, v in enumerate(x):
        if v == target:
            return i
    return -1


def first_large(x):
    best = None
    for row in x:
        if row.sum() > 3:
            best = row
            break
    return best


def check(x):
    if x.ndim != 2:
        raise ValueError("two dimensions")
    out = x.mean(axis=0)
    return out


x = np.arange(9.0).reshape(3, 3)
a = find(x[0], 1.0)
b = first_large(x)
c = check(x)
k = 0
while True:
    k += 1
    y = np.zeros(k)
    if k > 3:
        break
for i in range(5):
    if i % 2:
        continue
    z = i * 2
else:
    z = 7.5
