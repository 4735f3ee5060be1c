"""A recorder in the place of Matplotlib's pyplot: calls are noted with their data, and `show` says so in one line."""

import sys

_figures: list[Figure] = []
_told = False


class _Artist:
    """What drawing functions return: it takes every further call and attribute, and draws nothing."""

    def __init__(self, figure: Figure, name: str):
        self._figure, self._name = figure, name

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Artist(self._figure, f"{self._name}.{name}")

    def __call__(self, *args, **kwargs):
        self._figure.calls.append((self._name, args, kwargs))
        return _Artist(self._figure, f"{self._name}()")

    def __iter__(self):
        # `line, = plt.plot(…)` and `n, bins, patches = plt.hist(…)`
        count = 3 if self._name.endswith("hist()") else 1
        return iter([_Artist(self._figure, f"{self._name}[{i}]") for i in range(count)])

    def __getitem__(self, index):
        return _Artist(self._figure, f"{self._name}[{index}]")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __repr__(self):
        return f"<recorded {self._name}>"


class Figure(_Artist):
    """The calls that would have drawn a figure."""

    def __init__(self, number: int):
        super().__init__(self, "figure")
        self.number, self.calls = number, []


def _current() -> Figure:
    if not _figures:
        _figures.append(Figure(1))
    return _figures[-1]


def figure(num=None, *args, **kwargs):
    _figures.append(Figure(len(_figures) + 1 if num is None else num))
    return _figures[-1]


def subplots(nrows=1, ncols=1, *args, **kwargs):
    made = figure()

    def axes(*place):
        return _Artist(made, f"axes{list(place)}" if place else "axes")

    squeeze = kwargs.get("squeeze", True)
    if squeeze and nrows == ncols == 1:
        return made, axes()
    if squeeze and 1 in (nrows, ncols):
        return made, [axes(i) for i in range(nrows * ncols)]
    return made, [[axes(i, j) for j in range(ncols)] for i in range(nrows)]


def gcf():
    return _current()


def gca():
    return _Artist(_current(), "axes")


def show(*args, **kwargs):
    _tell()


def savefig(*args, **kwargs):
    _current().calls.append(("savefig", args, kwargs))
    _tell()


def close(*args):
    if args and args[0] == "all":
        _figures.clear()
    elif _figures:
        _figures.pop()


def _tell() -> None:
    global _told
    if not _told:
        _told = True
        count = max(len(_figures), 1)
        sys.stderr.write(f"note: {count} figure{'s' if count > 1 else ''} recorded, not drawn: this runtime has no screen\n")


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(_Artist(_current(), "pyplot"), name)
