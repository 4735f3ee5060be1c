"""ndarray.flags and ndarray.flat."""

import builtins

from ._memory import Memory, is_contiguous, set_writeable


class flagsobj:
    """ndarray.flags."""

    __slots__ = ('_array',)

    def __init__(self, array):
        self._array = array

    @property
    def writeable(self):
        return self._array._writeable

    @writeable.setter
    def writeable(self, value):
        a = self._array
        if value and not a._writeable and a._owner is not None and not a._owner._writeable:
            raise ValueError('cannot set WRITEABLE flag to True of this array')
        set_writeable(a, builtins.bool(value))

    @property
    def c_contiguous(self):
        return is_contiguous(self._array)

    @property
    def f_contiguous(self):
        return is_contiguous(self._array.T)

    @property
    def owndata(self):
        return self._array._owner is None

    contiguous = c_contiguous
    aligned = True
    writebackifcopy = False

    def __getitem__(self, name):
        return getattr(self, {'C': 'c_contiguous', 'F': 'f_contiguous', 'W': 'writeable', 'O': 'owndata'}.get(name, name.lower()))

    def __setitem__(self, name, value):
        if name not in ('WRITEABLE', 'W'):
            raise KeyError('Unknown flag')
        self.writeable = value

    def __repr__(self):
        names = ('C_CONTIGUOUS', 'F_CONTIGUOUS', 'OWNDATA', 'WRITEABLE', 'ALIGNED', 'WRITEBACKIFCOPY')
        return ''.join(f'  {name} : {self[name]}\n' for name in names)


class flatiter:
    """ndarray.flat: the elements in row-major order."""

    def __init__(self, base):
        self.base = base
        self._next = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self._next >= self.base.size:
            raise StopIteration
        self._next += 1
        return self[self._next - 1]

    def __len__(self):
        return self.base.size

    @property
    def index(self):
        return self._next

    def __getitem__(self, key):
        found = self.base.reshape(-1)[key]
        return found.copy() if isinstance(found, Memory) else found

    def __setitem__(self, key, value):
        from ._creation import arange

        places = arange(self.base.size)[key]
        unravelled = []
        for n in self.base.shape[::-1]:
            unravelled.append(places % n)
            places = places // n
        self.base[tuple(unravelled[::-1])] = value

    def copy(self):
        return self.base.flatten()

    def __array__(self, dtype=None, copy=None):
        return self.base.flatten()
