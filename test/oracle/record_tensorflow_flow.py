"""Control flow of TensorFlow where it refuses: conditions, loops and branches that do not fit, signatures, retracing."""

import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'

from programs import SETUP, programs  # noqa: E402
from snippets import main  # noqa: E402

PROGRAMS = r'''
@tf.function
def f(x):
    if x > 0: return 1
    return 2
print(f(tf.constant([3])))
---
@tf.function
def f(x):
    if x > 0: return 1
    return 2
print(f(tf.constant([3,4])))
---
@tf.function
def f(x):
    while x > 0: x = x - 1
    return x
print(f(tf.constant([3])))
---
@tf.function
def f(x):
    if not x: return 1
    return 2
print(f(tf.constant(3)))
---
n=0
@tf.function
def f(x):
    global n
    n+=1
    return x
print([f(a) for a in (1, 1.0, True, 0, False, 0.0)], n)
---
n=0
@tf.function
def f(x):
    global n
    n+=1
    return 1
[f(a) for a in ([1], [True], (1,), (1.0,))]
print(n)
---
@tf.function
def f(x):
    return tf.cond(x > 0, lambda: 1, lambda: 2.0)
print(f(tf.constant(3)))
---
@tf.function
def f(x):
    if x > 0:
        y = 1
    else:
        return 0
    return y
print(f(tf.constant(3)), f(tf.constant(-3)))
---
@tf.function
def f(x):
    if x > 0:
        pass
    else:
        return x
print(f(tf.constant(3)))
---
@tf.function
def f(x):
    if x > 0:
        y = x
        return y
    x = x + 1
print(f(tf.constant(3)))
---
@tf.function
def f(x):
    if x > 0:
        return x
    elif x < -5:
        return -x
print(f(tf.constant(3)))
---
print(tf.while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, x * 2), [0, 1.0]))
---
print(tf.while_loop(lambda i: i < 3, lambda i: (i + 1,), [0]))
---
print(tf.while_loop(lambda i: i < 3, lambda i: [i + 1], (0,)))
---
print(tf.while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, x * 2), [0, 1.0], maximum_iterations=1))
---
print(tf.while_loop(lambda i: i < 3, lambda i: i + 1, [0], maximum_iterations=1))
---
print(tf.while_loop(lambda i: i < 3, lambda i: (i + 1, 2), [0]))
---
print(tf.while_loop(lambda d: d["i"] < 3, lambda d: [{"i": d["i"] + 1}], [{"i": 0}]))
---
@tf.function
def f(x): return tf.while_loop(lambda i: i < 3, lambda i: i + 1, [x])
print(f(tf.constant(0)))
---
@tf.function
def f(x): return tf.while_loop(lambda i: i < 3, lambda i: i + 1, x)
print(f(tf.constant(0)))
---
@tf.function
def f(x): return tf.while_loop(lambda i: i < 3, lambda i: (i + 1, 1), [x])
print(f(tf.constant(0)))
---
@tf.function
def f(x): return tf.while_loop(lambda i, s: i < 3, lambda i, s: (i + 1, s + 0.5), [0, 0])
print(f(tf.constant(0)))
---
tf.TensorArray(tf.int32, 2).write(0, [1.5])
---
tf.TensorArray(tf.float32, 2).write(0, 1)
---
tf.TensorArray(tf.float32, 2).write(0, tf.constant(1))
---
tf.TensorArray(tf.float32, 2).write(0, np.array([1,2]))
---
print(f"{tf.Variable(1.5)!r:>5}")
---
tf.Variable([1.,2.]).ndim
---
with tf.GradientTape() as t: pass
t.watch(3.0)
---
n = 0
@tf.function
def f(x):
    global n
    n += 1
    return 1
for a in [True, 1, 1.0, 'x', 2]: f(a)
print(n)
---
@tf.function(input_signature=[tf.TensorSpec([], tf.int32)])
def f(x): return x
print(f('a'))
---
@tf.function(input_signature=[tf.TensorSpec([], tf.int32)])
def f(x): return x
print(f([1.0, 2.0]))
---
@tf.function(input_signature=[tf.TensorSpec([], tf.int32)])
def f(x): return x
print(f(tf.constant(1.5)))
---
@tf.function
def f(x):
    for v in x:
        if v > 1: return v
    return tf.constant(0)
print(f(tf.constant([1, 2, 3])))
---
@tf.function
def f(x):
    i = tf.constant(0)
    while True:
        i += 1
        if i > x: break
    return i
print(f(tf.constant(4)))
---
@tf.function
def f(x):
    if x: return 1
    return 0
print(f(tf.constant(0)))
---
@tf.function
def f(x): return tf.while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, tf.concat([x, x], 0)), (0, x))
print(f(tf.constant([1.])))
---
@tf.function
def f(x): return tf.while_loop(lambda x: tf.reduce_sum(x) < 10., lambda x: tf.cast(x, tf.float64), [x])
print(f(tf.constant([1.])))
---
print(tf.while_loop(lambda i: i < 5, lambda i: i + 1, [tf.constant(0)]))
---
print(tf.while_loop(lambda i: i < 5, lambda i: [i + 2], [0], maximum_iterations=2))
---
print(tf.while_loop(lambda i: i < 5, lambda i: i, 3))
---
print(f"{tf.Variable(1.5)}")
print(f"{tf.Variable(1.5):.2f}")
---
print(hasattr(tf.Variable(1.0), 'ndim'))
---
t = tf.GradientTape()
x = tf.Variable(3.0)
print(t.gradient(x, x))
'''

main('tensorflow_flow', programs(PROGRAMS), SETUP)
