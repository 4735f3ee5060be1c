"""Runs one source of a hazard row and says what came out: dtype, shape and value, or the exception. The same code runs on the
real packages (record_hazards.py) and in the kernel (test/unit/kernel-truth/hazards.test.ts)."""

import importlib.util
import json
import math
import os
import re
import sys
import tempfile
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
RECORDED = os.path.join(HERE, 'recorded', 'hazards.json')


def first_line(error):
    """The first line of the message that says something, without addresses, links and op names."""
    lines = [s.strip() for s in str(error).strip().splitlines() if s.strip(' []')] or ['']
    line = lines[0]
    if line.startswith('in user code') or re.match(r'(Graph execution error|Exception encountered)', line):
        named = [s for s in lines if re.match(r'[\w.]*(Error|Exception)\b', s)]
        line = (named or [s for s in lines if not s.startswith(('[[', '<stack', 'File ', 'Detected at'))])[-1]
    line = re.sub(r'\{\{.*?\}\}\s*', '', line)
    line = re.sub(r'0x[0-9a-f]+', '0x..', line)
    return re.sub(r'\s*See http.*|\s*\[Op:.*|(/[\w.+-]+)+/', '', line)[:140]


def _number(x):
    if isinstance(x, list):
        return [_number(y) for y in x]
    if isinstance(x, complex):
        return [_number(x.real), _number(x.imag)]
    if isinstance(x, float):
        return x if math.isfinite(x) else str(x)
    return x


def plain(value):
    """A result as JSON: arrays and tensors with dtype and shape, containers as items."""
    import numpy as np
    import tensorflow as tf

    if value is None:
        return {'none': True}
    if isinstance(value, str):
        return {'text': value}
    if isinstance(value, tf.TensorShape):
        value = tuple(value.as_list())
    if isinstance(value, tf.IndexedSlices):
        value = tf.convert_to_tensor(value)
    if isinstance(value, (tuple, list)):
        return {'items': [plain(v) for v in value]}
    if isinstance(value, dict):
        return {'items': [plain(v) for _, v in sorted(value.items())]}
    if tf.is_tensor(value) and not hasattr(value, 'numpy'):
        return {'text': 'symbolic tensor'}
    if isinstance(value, (tf.Tensor, tf.Variable)):
        name, value = value.dtype.name, value.numpy()
    else:
        value = np.asarray(value)
        name = value.dtype.name
    value = np.asarray(value)
    out = {'dtype': name, 'shape': list(value.shape)}
    if value.size > 64:
        return out | {'value': _number(value.ravel()[:8].tolist()), 'cut': True}
    return out | {'value': _number(value.tolist())}


def outcome(setup, source, lift, folder):
    """Runs the setup, lifts its arrays to tensors where `lift`, runs the source, and describes its `result`."""
    import numpy as np
    import tensorflow as tf

    names = {'np': np, 'tf': tf, '__name__': 'row'}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            exec(compile(setup, 'setup', 'exec'), names)
            if lift:
                for key, value in list(names.items()):
                    if isinstance(value, np.ndarray) and value.dtype.kind in 'biufc':
                        names[key] = tf.constant(value)
            # A real module in a real file, because AutoGraph reads the source of what it converts.
            number = len(os.listdir(folder))
            path = os.path.join(folder, f'row_{number}_{os.getpid()}.py')
            with open(path, 'w', encoding='utf-8') as file:
                file.write(source + '\n')
            spec = importlib.util.spec_from_file_location('row', path)
            sys.modules['row'] = module = importlib.util.module_from_spec(spec)
            module.__dict__.update({k: v for k, v in names.items() if not k.startswith('__')})
            spec.loader.exec_module(module)
            return plain(module.result)
    except Exception as error:
        return {'exception': type(error).__name__, 'message': first_line(error)}


def sources(row):
    """(side, source, does the setup's data become tensors?) of a row."""
    yield 'numpy', row['numpy'], False
    if row['naive']:
        yield 'naive', row['naive'], True
    for i, source in enumerate(row['correct']):
        yield f'correct {i}', source, True


def load():
    with open(RECORDED, encoding='utf-8') as file:
        return json.load(file)


# A few units in the last place, for functions that two libraries round differently; relative.
_ROUNDING = {'float32': 6e-7, 'float64': 1e-9, 'float16': 2e-3}


def _close(a, b, tolerance):
    if isinstance(a, list) or isinstance(b, list):
        return isinstance(a, list) and isinstance(b, list) and len(a) == len(b) and all(map(_close, a, b, [tolerance] * len(a)))
    if isinstance(a, float) or isinstance(b, float):
        if isinstance(a, str) or isinstance(b, str):
            return a == b
        return abs(a - b) <= tolerance * abs(a) + tolerance * 1e-2
    return a == b


def difference(expected, got, tolerance=None):
    """In what two outcomes differ, or None. Of exceptions the type counts."""
    if 'exception' in expected or 'exception' in got:
        return None if expected.get('exception') == got.get('exception') else 'exception'
    if expected.keys() != got.keys():
        return 'container'
    if 'items' in expected:
        if len(expected['items']) != len(got['items']):
            return 'container'
        return next(filter(None, map(difference, expected['items'], got['items'], [tolerance] * len(got['items']))), None)
    if 'dtype' not in expected:
        return None if expected == got else 'value'
    if expected['dtype'] != got['dtype']:
        return 'dtype'
    if expected['shape'] != got['shape']:
        return 'shape'
    allowed = max(tolerance or 0, _ROUNDING.get(expected['dtype'], 0))
    return None if _close(expected['value'], got['value'], allowed) else 'value'


def replay(first=0, last=None):
    """For the kernel: every source of the recorded rows whose outcome is another one, as JSON; runs row by row."""
    wrong, count = [], 0
    rows = load()[first:last]
    with tempfile.TemporaryDirectory() as folder:
        for row in rows:
            for side, source, lift in sources(row):
                count += 1
                got = outcome(row.get('setup', ''), source, lift, folder)
                what = difference(row['observed'][side], got, row.get('tol'))
                if what:
                    wrong.append({'n': str(row['n']), 'side': side, 'what': what, 'source': source,
                                  'expected': row['observed'][side], 'got': got})  # fmt: skip
    return json.dumps({'rows': len(rows), 'sources': count, 'wrong': wrong})
