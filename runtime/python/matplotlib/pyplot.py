"""A recorder in the place of Matplotlib's pyplot: figures are kept as numbers, and sent to whoever draws them."""

from tensorlift import figures as _sink

from ._figure import Artist, Axes, Figure

#: Open figures, the current one last.
_figures: list[Figure] = []
_count = 0
#: Calls of pyplot that go to the current axes, where their name is another one there.
_NAMES = {'title': 'set_title', 'xlabel': 'set_xlabel', 'ylabel': 'set_ylabel'}
#: What belongs to no figure.
_GLOBAL = frozenset('style cm rc rcParams rcdefaults colormaps get_cmap ion ioff isinteractive switch_backend set_cmap xkcd'.split())


def _current() -> Figure:
    return _figures[-1] if _figures else figure()


def figure(num=None, *args, **kwargs):
    global _count
    for known in _figures:
        if num is not None and known.number == num:
            _figures.remove(known)
            _figures.append(known)
            return known
    _count += 1
    made = Figure(num if isinstance(num, int) else _count)
    _count = max(_count, made.number)
    _figures.append(made)
    return made


def subplots(nrows=1, ncols=1, *, squeeze=True, **kwargs):
    made = figure()
    return made, made.subplots(nrows, ncols, squeeze=squeeze)


def subplot(*args, **kwargs):
    """The axes at a place of a grid; the same place is the same axes."""
    now = _current()
    for axes in now.axes:
        if axes._name == f'subplot{args}':
            now.sca(axes)
            return axes
    made = now.add_subplot()
    made._name = f'subplot{args}'
    return made


def axes(*args, **kwargs):
    return _current().add_subplot()


def gcf():
    return _current()


def gca():
    return _current().gca()


def sca(axes):
    axes.figure.sca(axes)


def suptitle(text, *args, **kwargs):
    return _current().suptitle(text)


def show(*args, **kwargs):
    _sink.show(_figures)
    # As after a window that was closed.
    _figures.clear()


def savefig(fname='', *args, **kwargs):
    _sink.not_saved(fname, len(_figures) or 1)


def close(*args):
    if args and args[0] == 'all':
        _figures.clear()
    elif args and isinstance(args[0], int):
        _figures[:] = [each for each in _figures if each.number != args[0]]
    elif args and isinstance(args[0], Figure):
        _figures[:] = [each for each in _figures if each is not args[0]]
    elif _figures:
        _figures.pop()


def clf():
    if _figures:
        number = _figures.pop().number
        _figures.append(Figure(number))


def pause(interval):
    """Shows what there is, and goes on."""
    _sink.show(_figures)


def draw():
    """Nothing is drawn here."""


class _Later:
    """A function of pyplot for the axes that are current when it is called."""

    def __init__(self, name: str):
        self.__name__ = name

    def __call__(self, *args, **kwargs):
        here = _current()
        own = _NAMES.get(self.__name__, self.__name__)
        if own in Axes.__dict__:
            return getattr(here.gca(), own)(*args, **kwargs)
        here.miss(self.__name__)
        return Artist(here, self.__name__)

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return getattr(Artist(_current(), self.__name__), name)


def _forget() -> None:
    """A fresh program begins with no figures."""
    global _count
    _figures.clear()
    _count = 0


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    if name in _GLOBAL:
        return Artist(None, name)
    return _Later(name)
