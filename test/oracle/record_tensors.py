"""How tensors, variables and shapes print: repr, str, f-strings, inside containers, under NumPy's print options."""

import os
import random

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
from snippets import main  # noqa: E402

SETUP = """import tensorflow as tf
def show(x):
    print(repr(x))
    print(x)
    print(f'{x}')
"""
chance = random.Random(7)
DTYPES = ('bool', 'uint8', 'int32', 'int64', 'float32', 'float64')


def number(dtype):
    u = chance.random()
    if dtype == 'bool':
        return str(u < 0.5)
    if dtype == 'uint8':
        return str(int(u * 256))
    if dtype.startswith('int'):
        return str(int((u - 0.5) * 2000))
    return repr(float(f'{(u - 0.5) * 100:.4g}'))


def tensor(dtype, shape):
    count = 1
    for n in shape:
        count *= n
    values = ', '.join(number(dtype) for _ in range(count))
    return f"tf.reshape(tf.constant([{values}], tf.{dtype}), {list(shape)})"


def cases():
    for dtype in DTYPES:
        for shape in ((), (1,), (3,), (0,), (2, 3), (2, 2, 2), (2, 0), (12, 2)):
            yield f'show({tensor(dtype, shape)})'
        yield f"show(tf.zeros([1200], tf.{dtype}))" if dtype != 'bool' else 'show(tf.zeros([40, 40], tf.bool))'
        yield f'show(tf.Variable({tensor(dtype, (2, 2))}))'
        yield f"show(tf.Variable({tensor(dtype, ())}, name='weight'))"
        yield f'print(tf.{dtype}, repr(tf.{dtype}), [tf.{dtype}], tf.{dtype}.name, tf.{dtype}.as_numpy_dtype)'
        yield f'x = {tensor(dtype, (2,))}\nprint([x], (x,), {{1: x}}, x.shape, repr(x.shape), x.dtype, repr(x.numpy()), x.numpy())'
        yield f'x = {tensor(dtype, ())}\nprint(x.numpy(), repr(x.numpy()), type(x.numpy()).__name__, x.shape, len(x.shape))'
    for text in ('1.5', '-0.0', "float('nan')", "float('inf')", '1e-30', '123456789.0', '1e10', '0.1', '3', 'True', '[1, 2.5]', '[[1], [2]]', '[]', '[True, False]',
                 '[1e-8, 1.0]', '[1e6, 1.5]', '[0.1, 0.25, 1/3]', "[float('nan'), 1.0, -float('inf')]"):  # fmt: skip
        yield f'show(tf.constant({text}))'
    for text in ('f"{tf.constant(2.5):.2f}"', "'%s' % tf.constant(1)", "str(tf.constant([1.0]))", "'{:>5}'.format(tf.constant(3))", 'tf.TensorShape([2, None])',
                 'tf.TensorShape(None)', 'repr(tf.TensorShape([]))', 'tf.constant([1, 2])[0]', 'tf.range(3) + 1', 'tf.constant([1.0]) == tf.constant([1.0])',
                 'float(tf.constant(1.5))', 'int(tf.constant(7))', 'bool(tf.constant(True))', 'tf.constant([1.0, 2.0]).numpy().tolist()', 'tf.newaxis',
                 'type(tf.constant(1.0)).__name__', 'tf.constant(1.0).ndim', 'tf.rank(tf.zeros([2, 3]))', 'tf.size(tf.zeros([2, 3]))', 'tf.shape(tf.zeros([2, 3]))'):  # fmt: skip
        yield f'print({text})'
    for given in ('precision=3', 'suppress=True', 'threshold=4', 'linewidth=30', "floatmode='fixed'", "sign='+'"):
        yield f'np.set_printoptions({given})\nshow({tensor("float32", (4, 3))})'
    yield 'x = tf.Variable(3.0)\nwith tf.GradientTape() as tape:\n    y = x * x\nshow(tape.gradient(y, x))'
    yield 'show(tf.function(lambda a: a * 2)(tf.constant([1.0, 2.0])))'
    yield '@tf.function\ndef f(a):\n    print(a)\n    print([a], a.shape, a.dtype)\n    return a\nshow(f(tf.constant([1.0, 2.0])))'


if __name__ == '__main__':
    main('tensors', list(dict.fromkeys(cases())), SETUP)
