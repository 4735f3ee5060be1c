import numpy as np

np.random.seed(0)


def mean_and_std(x, axis=0):
    return x.mean(axis=axis), x.std(axis=axis)


def normalize(x):
    m, s = mean_and_std(x)
    return (x - m) / s


def apply(fn, x):
    return fn(x)


def total(*arrays):
    result = 0
    for array in arrays:
        result = result + array.sum()
    return result


def options(x, **kw):
    return x * 2


square = lambda v: v ** 2
X = np.random.rand(5, 3)
Z = normalize(X)
m, s = mean_and_std(X, axis=1)
a = apply(np.sin, X)
b = apply(square, X)
c = apply(lambda t: t.sum(axis=0), X)
d = total(X, Z)
e = options(X, k=1)


def outer(n):
    base = np.arange(n)

    def inner(k):
        return base * k

    return inner


fn = outer(4)
f = fn(2.0)


def fact(n):
    return 1 if n <= 1 else n * fact(n - 1)


g = fact(5)
