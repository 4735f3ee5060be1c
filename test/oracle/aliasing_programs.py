"""Random store-heavy NumPy programs: views, overlaps, negative steps, out=, augmented assignment, index and mask stores.
One seed is one program; the same text runs on the real NumPy and in the kernel, and its digest says whether they agree."""

import random
import warnings
import zlib

import numpy as np

DTYPES = (
    'bool', 'uint8', 'int32', 'int64', 'float32', 'float64', 'int8', 'int16', 'uint16', 'uint32', 'uint64',
)  # fmt: skip
SHAPES = ((6,), (8,), (3, 4), (4, 3), (2, 3, 4), (4, 4), (1, 5), (5, 1), (), (2, 0), (2, 2, 2), (12,), (3, 1, 2))


class Program:
    """The state of one program: named arrays, and a log of what was raised."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.arrays = []
        self.log = []
        self.trace = []

    def note(self, text):
        self.trace.append(text)

    def pick(self):
        return self.r.randrange(len(self.arrays))

    def new(self):
        shape, dtype = self.r.choice(SHAPES), self.r.choice(DTYPES)
        size = 1
        for n in shape:
            size *= n
        a = (np.arange(size) * self.r.randrange(1, 5) + self.r.randrange(-3, 4)).reshape(shape).astype(dtype)
        self.note(f'new {shape} {dtype}')
        self.add(a)

    def add(self, a):
        if isinstance(a, np.ndarray) and a.size <= 64 and a.ndim <= 5:
            if len(self.arrays) < 9:
                self.arrays.append(a)
            else:
                self.arrays[self.pick()] = a

    def span(self, n):
        r = self.r
        kind = r.randrange(6)
        if kind == 0:
            return slice(None)
        if kind == 1:
            return slice(None, None, -1)
        if kind == 2:
            return slice(r.randrange(-n - 1, n + 2), None)
        if kind == 3:
            return slice(None, r.randrange(-n - 1, n + 2))
        step = r.choice((-3, -2, -1, 1, 2, 3))
        return slice(r.choice((None, r.randrange(-n - 1, n + 2))), r.choice((None, r.randrange(-n - 1, n + 2))), step)

    def basic(self, shape):
        r = self.r
        items = []
        for n in shape:
            kind = r.randrange(8)
            if kind == 0:
                items.append(None)
            if kind == 1 and all(item is not Ellipsis for item in items):
                items.append(Ellipsis)
                break
            if kind == 2 and n:
                items.append(r.randrange(-n, n + (r.randrange(12) == 0)))
            else:
                items.append(self.span(n))
            if r.randrange(5) == 0:
                break
        return tuple(items) if len(items) != 1 or r.randrange(2) else items[0]

    def places(self, n, shape):
        r = self.r
        size = 1
        for m in shape:
            size *= m
        if not n:
            return np.zeros(shape, dtype='int64') if r.randrange(4) == 0 else np.zeros((0,), dtype='int64')
        values = [r.randrange(-n, n) for _ in range(size)]
        if r.randrange(30) == 0 and values:
            values[0] = n
        if len(shape) == 1 and r.randrange(2):
            return values
        return np.array(values, dtype=r.choice(('int64', 'int32'))).reshape(shape)

    def mask(self, shape):
        size = 1
        for m in shape:
            size *= m
        made = np.array([self.r.randrange(3) == 0 for _ in range(size)], dtype='bool')
        return made.reshape(shape)

    def advanced(self, shape):
        r = self.r
        kind = r.randrange(5)
        if not shape:
            return self.mask(()) if kind == 0 else (Ellipsis, True) if kind == 1 else ()
        if kind == 0:
            return self.mask(shape)
        if kind == 1:
            return self.mask(shape[:1]) if r.randrange(9) else self.mask((shape[0] + 1,))
        common = r.choice(((2,), (3,), (2, 2), (1,)))
        items = []
        used = False
        for i, n in enumerate(shape):
            choice = r.randrange(7)
            if choice == 0 and i == 0:
                items.append(None)
            if choice == 1:
                items.append(self.span(n))
            elif choice == 2 and n:
                items.append(r.randrange(-n, n))
            elif choice == 3:
                items.append(self.mask((n,)))
                used = True
            elif choice == 4 and all(item is not Ellipsis for item in items):
                items.append(Ellipsis)
                if r.randrange(2):
                    break
            else:
                items.append(self.places(n, common if r.randrange(4) else (1,)))
                used = True
        if not used:
            return self.places(shape[0], common)
        return tuple(items)

    def value(self, like):
        r = self.r
        kind = r.randrange(7)
        if kind == 0:
            return r.randrange(-5, 300)
        if kind == 1:
            return r.choice((0.5, -1.5, 2.0, 7.25))
        if kind == 2:
            return r.choice((True, False))
        if kind == 3:
            return getattr(np, r.choice(DTYPES).replace('bool', 'bool_'))(r.randrange(0, 9))
        if kind == 4:
            return [r.randrange(0, 9) for _ in range(r.choice((1, 2, 3, 4)))]
        return self.arrays[self.pick()]

    def related(self, a):
        """Another array of the same shape, often over the same memory."""
        r = self.r
        kind = r.randrange(6)
        if kind == 0 and a.ndim:
            return a[::-1]
        if kind == 1 and a.ndim == 2 and a.shape[0] == a.shape[1]:
            return a.T
        if kind == 2:
            return a
        if kind == 3 and a.ndim:
            return a[(slice(None),) * (a.ndim - 1) + (slice(None, None, -1),)]
        return self.value(a)

    # ── steps ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def view(self):
        a = self.arrays[self.pick()]
        r = self.r
        kind = r.randrange(9)
        if kind < 4:
            key = self.basic(a.shape)
            self.note(f'view {key}')
            self.add(a[key])
        elif kind == 4:
            self.note('T')
            self.add(a.T)
        elif kind == 5:
            order = list(range(a.ndim))
            r.shuffle(order)
            self.note(f'transpose {order}')
            self.add(a.transpose(order))
        elif kind == 6:
            self.note('ravel')
            self.add(a.ravel())
        elif kind == 7:
            shape = r.choice(((-1,), (2, -1), (-1, 2), (3, -1), (-1, 1, 2), a.shape[::-1], (4, 3)))
            self.note(f'reshape {shape}')
            self.add(a.reshape(shape))
        else:
            self.note('swap')
            self.add(np.moveaxis(a, 0, -1) if r.randrange(2) else np.expand_dims(a, 0) if r.randrange(2) else a.squeeze())

    def store(self):
        a = self.arrays[self.pick()]
        key = self.basic(a.shape)
        source = self.value(a)
        if self.r.randrange(3) == 0:
            other = self.basic(a.shape)
            source = a[other]
        self.note(f'store {a.shape} {a.dtype} {key!r} = {source!r}')
        a[key] = source

    def shifted(self):
        """x[1:] = x[:-1] and its kin."""
        a = self.arrays[self.pick()]
        if not a.ndim:
            return
        n = self.r.randrange(1, 3)
        pairs = ((slice(n, None), slice(None, -n)), (slice(None, -n), slice(n, None)), (slice(None), slice(None, None, -1)))
        to, start = self.r.choice(pairs)
        op = self.r.randrange(4)
        self.note(f'shift {a.shape} {a.dtype} {to} {start} {op}')
        if op == 0:
            a[to] = a[start]
        elif op == 1:
            a[to] += a[start]
        elif op == 2:
            np.maximum(a[to], a[start], out=a[to])
        else:
            np.multiply(a[start], 2, out=a[to])

    def fancy_store(self):
        a = self.arrays[self.pick()]
        key = self.advanced(a.shape)
        source = self.related(a) if self.r.randrange(3) == 0 else self.value(a)
        if isinstance(key, np.ndarray) and key.dtype == bool and isinstance(source, np.ndarray):
            source = source.copy()  # NumPy does not buffer the store through a mask: with overlap its result is accidental
        self.note(f'fancy {a.shape} {a.dtype} {key!r} = {source!r}')
        a[key] = source

    def fancy_augment(self):
        a = self.arrays[self.pick()]
        key = self.advanced(a.shape)
        op = self.r.randrange(3)
        self.note(f'fancy aug {a.shape} {a.dtype} {key!r} {op}')
        if op == 0:
            a[key] += 1
        elif op == 1:
            a[key] = a[key] * 2
        else:
            a[key] -= a[key]

    def fancy_get(self):
        a = self.arrays[self.pick()]
        key = self.advanced(a.shape)
        self.note(f'get {a.shape} {a.dtype} {key!r}')
        self.add(a[key])

    def augment(self):
        a = self.arrays[self.pick()]
        other = self.related(a)
        op = self.r.randrange(9)
        self.note(f'aug {a.shape} {a.dtype} {op} {other!r}')
        self.augmented(a, other, op)

    def augment_part(self):
        i = self.pick()
        a = self.arrays[i]
        key = self.basic(a.shape)
        other = self.value(a)
        op = self.r.randrange(6)
        self.note(f'aug part {a.shape} {a.dtype} {key!r} {op} {other!r}')
        if op == 0:
            a[key] += other
        elif op == 1:
            a[key] -= other
        elif op == 2:
            a[key] *= other
        elif op == 3:
            a[key] &= other
        elif op == 4:
            a[key] //= 2
        else:
            a[key] %= 3

    @staticmethod
    def augmented(a, other, op):
        if op == 0:
            a += other
        elif op == 1:
            a -= other
        elif op == 2:
            a *= other
        elif op == 3:
            a |= other
        elif op == 4:
            a ^= other
        elif op == 5:
            a &= other
        elif op == 6:
            a /= 2
        elif op == 7:
            a //= 3
        elif a.dtype != bool:
            a **= 2

    def out(self):
        r = self.r
        f = r.choice((np.add, np.multiply, np.maximum, np.square, np.abs, np.subtract, np.less, np.logical_or))
        target = self.arrays[self.pick()]
        x = self.related(target)
        y = self.related(target)
        # NumPy 2.4 crashes on comparisons with an integer out of range and out=; square of bool gives int8.
        if f is np.less and not (isinstance(x, np.ndarray) and isinstance(y, np.ndarray)):
            f = np.add
        if f is np.square and np.asarray(x).dtype == bool:
            f = np.abs
        self.note(f'out {f.__name__} {target.shape} {target.dtype} {x!r} {y!r}')
        if f.nin == 1:
            f(x, out=target)
        elif r.randrange(4) == 0 and f(x, y).dtype == target.dtype:
            # Where out= is cast, NumPy leaves garbage in the elements that where= leaves out.
            f(x, y, out=target, where=self.mask(target.shape))
        else:
            f(x, y, out=target)

    def reduce_out(self):
        a = self.arrays[self.pick()]
        axis = self.r.choice((None, 0, -1, 1))
        self.note(f'reduce {a.shape} {a.dtype} {axis}')
        kind = self.r.randrange(5)
        if kind == 0:
            self.add(a.max(axis=axis, keepdims=True))
        elif kind == 1:
            self.add(np.cumsum(a.astype('int64'), axis=axis))
        elif kind == 2:
            self.add(np.asarray(a.astype('int64').sum(axis=axis)))
        elif kind == 3:
            self.add(np.asarray(a.argmax(axis=axis)))
        else:
            self.add(np.asarray(a.any(axis=axis)))

    def fresh(self):
        a = self.arrays[self.pick()]
        r = self.r
        kind = r.randrange(6)
        self.note(f'fresh {kind}')
        if kind == 0:
            self.add(a.copy())
        elif kind == 1:
            self.add(a.astype(r.choice(DTYPES)))
        elif kind == 2:
            self.add(a + self.arrays[self.pick()])
        elif kind == 3:
            self.add(np.where(a, a, self.arrays[self.pick()]))
        elif kind == 4:
            self.add(np.concatenate([a, a], axis=-1 if r.randrange(2) else 0))
        else:
            self.add(a.flatten())

    def whole(self):
        a = self.arrays[self.pick()]
        kind = self.r.randrange(4)
        self.note(f'whole {kind} {a.shape} {a.dtype}')
        if kind == 0:
            a.fill(self.r.randrange(0, 5))
        elif kind == 1:
            a.sort()
        elif kind == 2:
            a[...] = self.related(a)
        else:
            np.copyto(a, self.related(a))

    def element(self):
        a = self.arrays[self.pick()]
        if not a.size:
            return
        key = tuple(self.r.randrange(-n, n) for n in a.shape)
        value = self.value(a)
        self.note(f'element {a.shape} {a.dtype} {key} = {value!r}')
        a[key] = value
        self.log.append(repr(a[key]))

    STEPS = (
        view, view, view, view, store, store, store, shifted, shifted, fancy_store, fancy_store, fancy_augment, fancy_get,
        augment, augment_part, out, out, reduce_out, fresh, whole, element, element,
    )  # fmt: skip

    def run(self):
        for _ in range(2):
            self.new()
        for _ in range(self.r.randrange(6, 16)):
            step = self.r.choice(self.STEPS)
            try:
                step(self)
            except Exception as error:
                self.log.append(f'{type(error).__name__}: {str(error).splitlines()[0]}')
                self.note(f'    ! {self.log[-1]}')
        for a in self.arrays:
            self.log.append(f'{a.dtype} {a.shape} {a.tolist()!r}')
        return f'{zlib.crc32(chr(10).join(self.log).encode()):08x}'


def digest(seed):
    """The digest of the program of a seed."""
    return Program(seed).run()


def digests(first, count):
    """The digests of `count` programs, joined."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        return ''.join(digest(seed) for seed in range(first, first + count))
