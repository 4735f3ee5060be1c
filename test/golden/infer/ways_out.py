# Ways through a program that leave something unset, or set it on the way out.
import contextlib

import numpy as np

for i in range(3):
    if i == 1:
        grid = np.zeros(3, np.int64)
        break
else:
    grid = np.zeros((2, 2))
after_break = grid

while True:
    count = 1
    break
else:
    count = "never"
after_endless = count


def cleared(a):
    state = 1
    try:
        return a.sum()
    finally:
        state = "done"
        a[0] = 9.0
        last.append(state)


last = []
first = np.ones(3)
total = cleared(first)
left = last[0]


def outcome(flag):
    found = 0
    try:
        if flag:
            return found
        found = 2.5
    finally:
        found = "over"
    return found


early = outcome(True)
late = outcome(False)

for turn in range(2):
    kind = 1
    try:
        if turn == 0:
            continue
        kind = 2.0
    finally:
        seen = kind
    reached = seen

size = 3


def filled(n=size, scale=np.float32(2)):
    return np.ones(n) * scale


size = 2.5
default_kept = filled()

items = [1, 2.5, "three"]
del items[0]
head = items[0]
short = len(items)
table = {"a": 1}
del table["a"]
table["a"] = np.arange(2)
entry = table["a"]

empty = np.zeros(0)
empty.size and (width := np.ones(2))
width = 4
no = len(empty) > 0 and (width := np.ones(2))
maybe_width = width
chosen = (depth := 1) if empty.size else (depth := 2.5)
deep = depth

level = 1.5
with contextlib.suppress(ValueError):
    level = 1
    int("x")
    level = np.zeros(2)
kept_level = level

with np.errstate(all="ignore"):
    plain = np.ones(2)
inside = plain

zero = np.array(True)
size_of = abs(np.array(-2.5))
truth = abs(zero)
single = np.float32(np.array(1.5))
wide = ~5_000_000_000
negated = -0

number = np.float32(1.5)
number += np.arange(3)
grown = number

from math import pi

pi_before = pi
del pi
pi = "gone"
pi_after = pi
