"""Records what real NumPy makes of the engine's ops: wrapping, division by zero, casts, special values, the order of sums."""

import json
import math
import sys
import warnings
from pathlib import Path

import numpy as np

warnings.simplefilter('ignore')
path = Path(__file__).parent / 'recorded' / 'engine.json'


def cells(x):
    """Values as JSON: integers as text, floats by repr, so that nothing is lost."""
    if x.dtype in (np.int64, np.uint64):
        return [str(v) for v in x.ravel().tolist()]
    if x.dtype.kind == 'f':
        return [repr(float(v)) if not math.isfinite(v) or v == 0 else float(v) for v in x.ravel()]
    return [int(v) for v in x.ravel()]


integers = {
    'int8': [0, 1, -1, 2, -3, 7, -7, 100, 127, -128],
    'uint8': [0, 1, 2, 3, 7, 100, 128, 200, 254, 255],
    'int16': [0, 1, -1, 2, -3, 7, -7, 300, 2**15 - 1, -(2**15)],
    'uint16': [0, 1, 2, 3, 7, 300, 2**15, 40000, 2**16 - 2, 2**16 - 1],
    'uint32': [0, 1, 2, 3, 7, 65536, 2**31 - 1, 2**31, 2**32 - 2, 2**32 - 1],
    'uint64': [0, 1, 2, 3, 7, 2**32 + 5, 2**53 + 1, 2**63, 2**64 - 1025, 2**64 - 1],
    'int32': [0, 1, -1, 2, -3, 7, -7, 65536, 2**31 - 1, -(2**31)],
    'int64': [0, 1, -1, 2, -3, 7, -7, 2**32 + 5, 2**63 - 1, -(2**63)],
}
floats = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 1.5, 3.7, -7.25, 1e300, -1e-300, np.inf, -np.inf, np.nan, 300.7, 3e9, -3e9, 1e19]


def operands(dtype):
    return np.array(integers.get(dtype, [0, 1] if dtype == 'bool' else floats), 'float64' if dtype == 'float32' else dtype).astype(dtype)


unary = {'neg': np.negative, 'abs': np.abs, 'sign': np.sign, 'not': np.invert, 'floor': np.floor, 'ceil': np.ceil,
         'round': np.rint, 'sqrt': np.sqrt}
binary = {'add': np.add, 'sub': np.subtract, 'mul': np.multiply, 'div': np.divide, 'floordiv': np.floor_divide,
          'mod': np.remainder, 'max': np.maximum, 'min': np.minimum, 'and': np.bitwise_and, 'or': np.bitwise_or,
          'xor': np.bitwise_xor, 'eq': np.equal, 'lt': np.less, 'ge': np.greater_equal}
names = ['bool', *sorted(integers, key=lambda name: (np.dtype(name).itemsize, name)), 'float32', 'float64']
kinds = {'neg': 'uif', 'abs': 'uif', 'sign': 'uif', 'not': 'bui', 'sub': 'uif', 'div': 'f', 'floordiv': 'uif', 'mod': 'uif',
         'and': 'bui', 'or': 'bui', 'xor': 'bui', 'floor': 'f', 'ceil': 'f', 'round': 'f', 'sqrt': 'f'}


def elementwise():
    for dtype in names:
        x = operands(dtype)
        a, b = (m.ravel() for m in np.meshgrid(x, x, indexing='ij'))
        for op, f in {**unary, **binary}.items():
            if x.dtype.kind not in kinds.get(op, 'buif'):
                continue
            inputs = [x] if op in unary else [a, b]
            yield {'op': op, 'dtype': dtype, 'inputs': [cells(i) for i in inputs], 'out': cells(f(*inputs))}
        for to in names:
            # One by one: vector units have other ideas of floats outside of uint32.
            cast = np.concatenate([x[i : i + 1].astype(to) for i in range(len(x))])
            yield {'op': 'cast', 'dtype': dtype, 'attrs': {'dtype': to}, 'inputs': [cells(x)], 'out': cells(cast)}
        if x.dtype.kind in 'ui':
            e = np.array([0, 1, 2, 3, 5, 8, 13], dtype)
            a, b = (m.ravel() for m in np.meshgrid(x, e, indexing='ij'))
            yield {'op': 'pow', 'dtype': dtype, 'inputs': [cells(a), cells(b)], 'out': cells(np.power(a, b))}


def reductions():
    """Sums in NumPy's own order: the array is `values` in `shape`, its axes turned by `axes`, then stepped by `step`."""
    generator = np.random.default_rng(3)
    for dtype in ('float32', 'float64'):
        for shape in [(7,), (9,), (127,), (129,), (300,), (1031,), (3, 300), (140, 5), (4, 5, 60), (6, 1, 33)]:
            base = generator.standard_normal(shape).astype(dtype)
            for turn in {tuple(range(len(shape))), tuple(reversed(range(len(shape))))}:
                for step in (1, -1, 2):
                    x = base.transpose(turn)[..., ::step]
                    every = [tuple(range(x.ndim)), (0,), (x.ndim - 1,)] + ([(0, 2), (1,), (1, 2)] if x.ndim == 3 else [])
                    for axis in sorted(set(every)):
                        yield {'op': 'sum', 'dtype': dtype, 'shape': list(shape), 'values': cells(base), 'turn': list(turn),
                               'step': step, 'axes': list(axis), 'out': cells(np.asarray(x.sum(axis=axis)))}


def compact(rows):
    """The values of an array stand once; rows name them by number."""
    arrays, seen = [], {}
    for row in rows:
        key = json.dumps(row['values'])
        if key not in seen:
            seen[key] = len(arrays)
            arrays.append(row['values'])
        row['values'] = seen[key]
    return arrays, rows


arrays, sums = compact(list(reductions()))
now = {'elementwise': list(elementwise()), 'arrays': arrays, 'sums': sums}
if '--check' in sys.argv:
    then = json.loads(path.read_text())
    now = json.loads(json.dumps(now))
    passed = failed = 0
    for part in ('elementwise', 'arrays', 'sums'):
        for old, new in zip(then[part], now[part], strict=True):
            passed, failed = (passed + 1, failed) if old == new else (passed, failed + 1)
    print(f'{passed} passed, {failed} failed')
    sys.exit(failed > 0)
path.write_text(json.dumps(now) + '\n')
