"""Figures as numbers: what was plotted, thinned to what a picture shows. Nothing is drawn here."""

import math
import sys

from tensorlift import figures, tracing, values

#: Points of a mark, and cells of an image.
MOST_POINTS, MOST_CELLS = 2000, 9216
#: Longer data is thinned by steps before it is looked at.
_MOST_READ = 100_000
#: Calls whose absence nobody misses in a picture.
_SILENT = frozenset(
    'legend grid set_axisbelow margins autoscale autoscale_view relim minorticks_on minorticks_off canvas set_tight_layout '
    'subplots_adjust set_facecolor set_edgecolor set_size_inches set_dpi set_label set_linewidth set_visible draw tight_layout '
    'constrained_layout patch spines remove clf cla tick_params xaxis yaxis'.split()
)


def _clean(value: float) -> float | None:
    """Seven digits are enough for a picture; None for what is not finite."""
    return float(f'{value:.7g}') if math.isfinite(value) else None


def _every(items, step: int):
    """Every `step`-th item; of arrays without copying them whole."""
    return items if step <= 1 else items[::step]


def read(data, most: int = _MOST_READ) -> tuple[list, list[int]]:
    """The numbers of anything that can be plotted, row by row, and its shape. Names become 0, 1, …; what is no number is NaN."""
    array = values.array_of(data)
    if array is not None:
        shape = list(array._shape)
        with tracing.unrecorded():
            if len(shape) == 1 and shape[0] > most:
                array = _every(array, math.ceil(shape[0] / most))
                shape = list(array._shape)
            return [float(x) for x in sys.modules['numpy._memory'].flat_list(array)], shape
    if data is None:
        return [], [0]
    if isinstance(data, (int, float)) or values.is_scalar(data):
        return [float(data)], []
    items = list(data)
    if any(isinstance(item, (list, tuple)) or values.array_of(item) is not None and values.array_of(item)._shape for item in items):
        rows = [read(item, most)[0] for item in items]
        return [x for row in rows for x in row], [len(rows), len(rows[0])]
    if any(isinstance(item, str) for item in items):
        return [float(i) for i in range(len(items))], [len(items)]
    return [_number(item) for item in items], [len(items)]


def _number(item) -> float:
    try:
        return float(item)
    except (TypeError, ValueError):
        return math.nan


def _columns(data) -> list[list[float]]:
    """The lines that a y stands for: one, or the columns of two axes."""
    flat, shape = read(data)
    if len(shape) < 2:
        return [flat]
    width = shape[1]
    return [flat[i::width] for i in range(width)]


def _thin(x: list, y: list, line: bool) -> tuple[list, list]:
    n = len(y)
    if n <= MOST_POINTS:
        return x, y
    if not line:
        kept = [i * (n - 1) // (MOST_POINTS - 1) for i in range(MOST_POINTS)]
    else:
        # Of each stretch its lowest and its highest point, so that no peak is lost.
        kept, parts = [], MOST_POINTS // 2
        for part in range(parts):
            stretch = range(part * n // parts, (part + 1) * n // parts)
            finite = [i for i in stretch if math.isfinite(y[i])] or [stretch[0]]
            kept += sorted({min(finite, key=y.__getitem__), max(finite, key=y.__getitem__)})
    return [x[i] for i in kept], [y[i] for i in kept]


def _is_points(format: str, options: dict) -> bool:
    """Whether a format asks for markers without a line between them."""
    style = options.get('linestyle', options.get('ls'))
    if style in ('', ' ', 'None', 'none'):
        return True
    marked = any(c in '.,ov^<>12348spP*hH+xXDd|_' for c in format) and not format.startswith('C')
    return marked and '-' not in format and ':' not in format and style is None


class Artist:
    """What drawing functions return: it takes every further call and attribute, and draws nothing."""

    def __init__(self, figure, name: str):
        self._figure, self._name = figure, name

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return Artist(self._figure, f'{self._name}.{name}')

    def __call__(self, *args, **kwargs):
        if self._figure is not None:
            self._figure.miss(self._name.rpartition('.')[2])
        return Artist(self._figure, f'{self._name}()')

    def __iter__(self):
        return iter([Artist(self._figure, f'{self._name}[0]')])

    def __getitem__(self, index):
        return Artist(self._figure, f'{self._name}[{index}]')

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __repr__(self):
        return f'<recorded {self._name}>'


class Axes(Artist):
    """One coordinate system and the marks in it."""

    def __init__(self, figure, name: str = 'axes'):
        super().__init__(figure, name)
        self.title, self.x_label, self.y_label, self.marks = '', '', '', []

    def _add(self, kind: str, x: list, y: list, label, **more) -> Artist:
        n = min(len(x), len(y)) if kind != 'image' else len(y)
        if kind != 'image':
            x, y = _thin(x[:n], y[:n], kind == 'line')
        label = '' if label is None or str(label).startswith('_') else str(label)
        mark = {'kind': kind, 'label': label, 'x': [_clean(v) for v in x], 'y': [_clean(v) for v in y], **more}
        self.marks.append(mark)
        self._figure.changed = True
        return Artist(self._figure, kind)

    # ── marks ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def plot(self, *args, label=None, **options):
        rest, made = [a for a in args if not isinstance(a, dict)], []
        while rest:
            data = [rest.pop(0)]
            if rest and not isinstance(rest[0], str):
                data.append(rest.pop(0))
            format = rest.pop(0) if rest and isinstance(rest[0], str) else ''
            ys = _columns(data[-1])
            xs = _columns(data[0]) if len(data) == 2 else [[float(i) for i in range(len(ys[0]))]]
            for i, y in enumerate(ys):
                name = label[i] if isinstance(label, (list, tuple)) and i < len(label) else label
                made.append(self._add('points' if _is_points(format, options) else 'line', xs[i % len(xs)], y, name))
        return made

    def step(self, x, y, *args, **options):
        return self.plot(x, y, label=options.get('label'))

    def semilogx(self, *args, **options):
        self._figure.miss('xscale')
        return self.plot(*args, **options)

    def semilogy(self, *args, **options):
        self._figure.miss('yscale')
        return self.plot(*args, **options)

    def loglog(self, *args, **options):
        self._figure.miss('xscale')
        return self.semilogy(*args, **options)

    def errorbar(self, x, y, yerr=None, xerr=None, fmt='', label=None, **options):
        self._figure.miss('errorbar')
        return self.plot(x, y, fmt, label=label)[0]

    def scatter(self, x, y, *args, label=None, **options):
        return self._add('points', read(x)[0], read(y)[0], label)

    def stem(self, *args, label=None, **options):
        data = [a for a in args if not isinstance(a, str)]
        y = read(data[-1])[0]
        x = read(data[0])[0] if len(data) > 1 else [float(i) for i in range(len(y))]
        return self._add('points', x, y, label)

    def bar(self, x, height, *args, label=None, **options):
        place, tall = read(x)[0], read(height)[0]
        tall = tall * len(place) if len(tall) == 1 else tall
        name = label if isinstance(label, str) else None
        return self._add('bars', place, tall, name)

    def hist(self, x, bins=None, range=None, density=False, weights=None, cumulative=False, label=None, **options):
        data = [v for v in read(x)[0] if math.isfinite(v)]
        counts, edges = _histogram(data, 10 if bins is None else bins, range)
        if density and sum(counts):
            total = sum(counts)
            counts = [c / total / (b - a) for c, a, b in zip(counts, edges, edges[1:])]
        if weights is not None or cumulative:
            self._figure.miss('weights' if weights is not None else 'cumulative')
        middles = [(a + b) / 2 for a, b in zip(edges, edges[1:])]
        made = self._add('bars', middles, [float(c) for c in counts], label)
        return _array([float(c) for c in counts]), _array(edges), made

    def imshow(self, X, *args, **options):
        flat, shape = read(X)
        if len(shape) == 3:
            # Colours as their mean: the panel shows one number for each cell.
            depth = shape[2]
            flat = [sum(flat[i : i + depth]) / depth for i in range(0, len(flat), depth)]
        height, width = (shape[0], shape[1]) if len(shape) > 1 else (1, len(flat))
        step = max(1, math.ceil(math.sqrt(height * width / MOST_CELLS)))
        rows, columns = range(0, height, step), range(0, width, step)
        cells = [flat[r * width + c] for r in rows for c in columns]
        return self._add('image', [], cells, options.get('label'), columns=len(columns))

    def matshow(self, Z, **options):
        return self.imshow(Z)

    def pcolormesh(self, *args, **options):
        return self.imshow(args[-1])

    pcolor = pcolormesh

    # ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def set_title(self, label, *args, **options):
        self.title = str(label)
        self._figure.changed = True

    def set_xlabel(self, label, *args, **options):
        self.x_label = str(label)
        self._figure.changed = True

    def set_ylabel(self, label, *args, **options):
        self.y_label = str(label)
        self._figure.changed = True

    def set(self, **options):
        texts = {'title': self.set_title, 'xlabel': self.set_xlabel, 'ylabel': self.set_ylabel}
        for name, value in options.items():
            texts[name](value) if name in texts else self._figure.miss(name)

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return Artist(self._figure, name)

    def twinx(self):
        """Marks on a second scale are drawn on the first."""
        self._figure.miss('twinx')
        return self

    def get_figure(self):
        return self._figure

    @property
    def figure(self):
        return self._figure


class Figure(Artist):
    """What one window would have shown."""

    def __init__(self, number: int):
        super().__init__(self, 'figure')
        self.number, self.axes, self.others, self.changed = number, [], [], False
        self._here: Axes | None = None

    def miss(self, name: str) -> None:
        """Takes note of a call that is not drawn."""
        if name not in _SILENT and name not in self.others:
            self.others.append(name)
            self.changed = True

    def gca(self) -> Axes:
        return self._here or self.add_subplot()

    def sca(self, axes: Axes) -> None:
        self._here = axes

    def add_subplot(self, *args, **options) -> Axes:
        self._here = Axes(self)
        self.axes.append(self._here)
        return self._here

    def add_axes(self, *args, **options) -> Axes:
        return self.add_subplot()

    def subplots(self, nrows=1, ncols=1, *, squeeze=True, **options):
        made = [[self.add_subplot() for _ in range(ncols)] for _ in range(nrows)]
        self._here = made[0][0]
        if squeeze and nrows == ncols == 1:
            return made[0][0]
        if squeeze and 1 in (nrows, ncols):
            return Grid([axes for row in made for axes in row])
        return Grid([Grid(row) for row in made])

    def suptitle(self, text, *args, **options):
        if self.axes and not self.axes[0].title:
            self.axes[0].set_title(text)
        elif not self.axes:
            self.gca().set_title(text)
        else:
            self.miss('suptitle')

    def savefig(self, fname='', *args, **options):
        figures.not_saved(fname, 1)

    def show(self, *args, **options):
        figures.show([self])

    def described(self) -> list[dict] | None:
        """The axes as the panel takes them; None for a figure in which there is nothing."""
        axes = [
            {'title': a.title, 'xLabel': a.x_label, 'yLabel': a.y_label, 'marks': a.marks}
            for a in self.axes
            if a.marks or a.title or a.x_label or a.y_label
        ]
        return axes if axes or self.others else None


class Grid(list):
    """The axes of `subplots`, as far as it is used like an array."""

    def __getitem__(self, index):
        if isinstance(index, tuple):
            found = self
            for each in index:
                found = found[each]
            return found
        found = list.__getitem__(self, index)
        return Grid(found) if isinstance(index, slice) else found

    @property
    def flat(self):
        return Grid(axes for row in self for axes in (row if isinstance(row, Grid) else [row]))

    def ravel(self):
        return self.flat

    flatten = ravel

    @property
    def shape(self):
        return (len(self), len(self[0])) if self and isinstance(self[0], Grid) else (len(self),)

    @property
    def size(self):
        return len(self.flat)


def _histogram(data: list, bins, limits) -> tuple[list[int], list[float]]:
    """Counts and edges; the last bin has its upper edge in it, as NumPy's."""
    if not isinstance(bins, int):
        edges = [float(b) for b in read(bins)[0]] if not isinstance(bins, str) else None
    else:
        edges = None
    if edges is None:
        count = bins if isinstance(bins, int) else max(1, math.ceil(math.log2(max(len(data), 1)) + 1))
        low, high = limits if limits is not None else (min(data, default=0.0), max(data, default=1.0))
        if low == high:
            low, high = low - 0.5, high + 0.5
        edges = [low + (high - low) * i / count for i in range(count)] + [float(high)]
    counts = [0] * (len(edges) - 1)
    import bisect

    for value in data:
        if edges[0] <= value <= edges[-1]:
            counts[min(bisect.bisect_right(edges, value) - 1, len(counts) - 1)] += 1
    return counts, edges


def _array(items: list):
    """As NumPy's array, if the program has NumPy."""
    numpy = sys.modules.get('numpy')
    return items if numpy is None else numpy.array(items)
