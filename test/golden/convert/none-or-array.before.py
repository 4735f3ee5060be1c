import numpy as np

x = np.arange(3.0)


def double(a):
    return a * 2


r = double(x) if x.sum() > 99 else None
print(r)
s = double(x) if x.sum() > 1 else None
print(s)


def first_above(a, limit):
    for v in a:
        if v > limit:
            return v


print(first_above(x, 1.0), first_above(x, 9.0))


# A parameter that is a number in one call and an array in another shows which it was.
def same(a):
    return a


print(same(x), same(True), [same(2)])


def pair(a, low=-1.0):
    return low, a


print(pair(x))
total = sum(v.sum() for v in np.ones((2, 3)))
print(total, sum(x > 0))
