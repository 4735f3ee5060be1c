import numpy as np

counter = 0
cache = {}
buffer = np.zeros(4)


def bump():
    global counter
    counter += 1
    return counter


def remember(key, value):
    cache[key] = value
    return cache[key]


def write(i, v):
    buffer[i] = v
    return buffer


a = bump()
b = bump()
c = remember("x", np.ones(3))
d = write(0, 2.0)
e = buffer.sum()
items = []


def push(v):
    items.append(v)


push(1.0)
push(2.0)
f = len(items)
g = np.array(items)
