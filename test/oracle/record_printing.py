"""How arrays and scalars print: repr, str, f-strings and array2string over dtypes, shapes, values and print options."""

import random

import numpy as np
from snippets import main

SETUP = """def show(a):
    print(repr(a))
    print(a)
"""
chance = random.Random(20)
pick = lambda options: options[int(chance.random() * len(options))]  # noqa: E731 - Random.random is the stable part
DTYPES = ('bool', 'uint8', 'int32', 'int64', 'float32', 'float64')
OTHERS = ('int8', 'int16', 'uint16', 'uint32', 'uint64')
SPECIAL = ("float('nan')", "float('inf')", "-float('inf')", '-0.0')


def number(dtype, style):
    """One literal."""
    u = chance.random()
    if dtype == 'bool':
        return str(u < 0.5)
    if dtype == 'uint8':
        return str(int(u * 256))
    if dtype in OTHERS:
        limits = np.iinfo(dtype)
        return str(int(limits.min + u * (int(limits.max) - int(limits.min))))
    if dtype.startswith('int'):
        return str(int((u - 0.5) * pick((10, 300, 10**6))))
    if style == 'round':
        return repr(round((u - 0.5) * 200, int(chance.random() * 4)))
    if style == 'wide':
        return repr((u - 0.5) * 10.0 ** int(chance.random() * 24 - 12))
    if style == 'special' and chance.random() < 0.2:
        return pick(SPECIAL)
    return repr((u - 0.5) * pick((1, 8, 1000)))


def array(dtype, shape, style):
    """An expression for an array."""
    count = 1
    for n in shape:
        count *= n
    values = ', '.join(number(dtype, style) for _ in range(count))
    return f"np.array([{values}], dtype='{dtype}').reshape({shape})"


def cases():
    for dtype in DTYPES:
        for shape in ((), (0,), (1,), (3,), (12,), (2, 0), (2, 3), (1, 1), (4, 5), (2, 2, 3), (2, 1, 2, 2)):
            for style in ('plain', 'round', 'wide', 'special') if dtype.startswith('f') else ('plain',):
                yield f'show({array(dtype, shape, style)})'
    for dtype in DTYPES:
        for shape in ((1001,), (40, 40), (3, 400), (400, 3), (11, 11, 11), (1, 2000)):
            size = 1
            for n in shape:
                size *= n
            scale = " * 0.37" if dtype.startswith('f') else ' % 7' if dtype != 'bool' else ' % 2'
            yield f"show((np.arange({size}){scale}).astype('{dtype}').reshape({shape}))"
    options = {
        'precision': (0, 1, 3, 5, 12, 17),
        'threshold': (3, 10, 100000),
        'edgeitems': (1, 2, 4),
        'linewidth': (15, 40, 120),
        'suppress': (True, False),
        'nanstr': ("'NaN'", "'missing'"),
        'infstr': ("'Inf'", "'Infinity'"),
        'sign': ("'-'", "'+'", "' '"),
        'floatmode': ("'fixed'", "'unique'", "'maxprec'", "'maxprec_equal'"),
    }
    for _ in range(260):
        chosen = {key: pick(values) for key, values in options.items() if chance.random() < 0.3}
        given = ', '.join(f'{key}={value}' for key, value in chosen.items())
        dtype = pick(('float64', 'float64', 'float32', 'int64', 'int32', 'uint8', 'bool'))
        shape = pick(((5,), (9,), (3, 4), (2, 3, 4), (30,), ()))
        style = pick(('plain', 'round', 'wide', 'special'))
        yield f'np.set_printoptions({given})\nshow({array(dtype, shape, style)})'
    for given in ("separator=', '", "separator=','", "prefix='prefix: '", "max_line_width=20", "precision=2", "suppress_small=True",
                  "threshold=4", "threshold=4, edgeitems=1", "sign='+'", "floatmode='fixed'", "suffix='###'",
                  "formatter={'float_kind': lambda x: f'<{x:.1f}>'}", "formatter={'all': lambda x: type(x).__name__}"):  # fmt: skip
        for style in ('plain', 'wide'):
            yield f"print(np.array2string({array('float64', (3, 4), style)}, {given}))"
    for value in ('0.1', '1e16', '1e15', '123456789.0', '1e-4', '1e-5', '0.0', '-0.0', '16777216.0', '1e6', '999999.0', '3.0', "float('nan')",
                  "float('-inf')", '2.5', '1/3', '1e22', '5e-324', '1e38'):  # fmt: skip
        for kind in ('float32', 'float64'):
            yield f"x = np.{kind}({value})\nprint(repr(x), x, f'{{x}}', f'{{x:.3f}}', f'{{x!r:>30}}', '%s' % x, '%.4e' % x, [x], (x,))"
    for value in ('0', '1', '200'):
        for kind in ('bool', 'uint8', 'int32', 'int64'):
            yield f"x = np.{kind}({value})\nprint(repr(x), x, f'{{x}}', f'{{x:5d}}|', '%s' % x, '%d' % x, [x], {{x: 1}})"
    for text in ("f'{np.array(2.5):.1f}'", "f'{np.arange(3)}'", "'%s' % np.arange(3)", "str(np.array([True]))", "np.array_str(np.arange(3.0))",
                 "np.array_repr(np.float32([1.5]))", "np.get_printoptions()", "[np.arange(2), np.float64(1)]", "{'a': np.zeros(2)}",
                 "np.array([[]])", "np.zeros((0, 3), 'int32')", "np.array(3, 'uint8')", "np.array(True)", "np.array(-0.0)",
                 "np.arange(3).dtype", "[np.arange(3).dtype]", "np.float32", "np.dtype('float32')", "type(np.arange(3)[0])"):  # fmt: skip
        yield f'print({text})'
        yield f'print(repr({text}))'
    for given in ("precision=-1", "threshold=float('nan')", "threshold='a'", "floatmode='x'", "sign='x'", "precision='a'"):
        yield f'np.set_printoptions({given})\nshow(np.array([1.5]))'
    for dtype in OTHERS:
        for shape in ((), (0,), (3,), (2, 3), (30,)):
            yield f'show({array(dtype, shape, "plain")})'
        yield f"show((np.arange(1500) % 100).astype('{dtype}').reshape(3, 500))"
        yield f"show(np.array([np.iinfo('{dtype}').max, np.iinfo('{dtype}').min], dtype='{dtype}'))"
        yield f"x = np.{dtype}(100)\nprint(repr(x), x, f'{{x}}', f'{{x:5d}}|', '%s' % x, '%d' % x, [x], {{x: 1}}, x.dtype, repr(x.dtype))"
        yield f"print(np.dtype('{dtype}').descr, np.dtype('{dtype}').char, np.dtype('{dtype}').num, np.iinfo('{dtype}'), repr(np.iinfo('{dtype}')))"
    yield "with np.printoptions(precision=2, suppress=True):\n    show(np.array([1e-9, 1/3]))\nshow(np.array([1e-9, 1/3]))"


if __name__ == '__main__':
    main('printing', list(dict.fromkeys(cases())), SETUP)
