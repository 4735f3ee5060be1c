import math
import numpy as np
import tensorflow as tf


class Net:
    def __init__(self, n):
        self.w = np.ones((n, n))
        self.b = np.zeros(n)

    def run(self, x):
        h = self.w @ x + self.b
        self.b += 1
        return np.maximum(h, 0)


net = Net(3)
x = np.array([1.0, 2.0, 3.0])
for k in range(2):
    x = net.run(x)
print(x, tf.reduce_sum(tf.convert_to_tensor(net.w)).numpy())


def stats(v):
    return tf.reduce_mean(tf.convert_to_tensor(v)), tf.math.reduce_std(tf.convert_to_tensor(v)), {"max": v.max(), "min": v.min()}


m, s, extra = stats(x)
print(m.numpy(), s.numpy(), extra["max"], extra)


def recursive(v, depth):
    if depth == 0:
        return v.numpy()
    return recursive(v * 0.5, depth - 1)


print(recursive(tf.ones(2, tf.float64), 3))


def outer(a):
    def inner(b):
        return a * b
    return inner(2.0) + inner(3.0)


print(outer(tf.ones(2, tf.float64)).numpy())


def default(a, w=None, *, scale=1.0):
    if w is None:
        w = tf.ones_like(tf.convert_to_tensor(a))
    return tf.reduce_sum(tf.convert_to_tensor(a) * w) * scale


print(default(x).numpy(), default(x, scale=2.0).numpy(), default(x, tf.zeros(3, tf.float64)).numpy())
total = tf.constant(0, tf.float64)
for row in tf.reshape(tf.range(6.0, dtype=tf.float64), [2, 3]):
    total = total + tf.reduce_sum(row)
print(total.numpy())
acc = []
for i in range(3):
    acc += [tf.fill(2, tf.constant(i, tf.int64))]
print(tf.concat(acc, 0).numpy(), len(acc))
t = tuple(tf.zeros(2, tf.float64) for _ in range(2))
print(tuple(item.numpy() for item in t))
mat = np.arange(9).reshape(3, 3)
for i in range(3):
    for j in range(3):
        if i == j:
            mat[i, j] = 0
        elif i > j:
            mat[i][j] = -1
print(mat)
b = tf.ones(3, tf.bool)
b = tf.tensor_scatter_nd_update(b, [[1]], [tf.constant(False, tf.bool)])
print(b.numpy(), tf.boolean_mask(tf.convert_to_tensor(x), b).numpy(), (~b).numpy(), tf.reduce_sum(tf.cast(b, tf.int64)).numpy())
q = np.array([[1.5, 2.5], [3.5, 4.5]])
q[0], q[1] = q[1].copy(), q[0].copy()
print(q)
lo = math.inf
for val in [3.0, 1.0]:
    lo = min(lo, val)
print(lo, tf.math.is_nan(tf.constant(math.nan, tf.float64)).numpy())
r = tf.convert_to_tensor(np.random.RandomState(0).rand(2))
print(r.numpy(), (r * 2).numpy())
np.random.seed(1)
if np.random.rand() < 0.5:
    print("low")
c = tf.convert_to_tensor(np.random.choice([1, 2, 3], 2))
print((c + 1).numpy())
print("%.3f and %s" % (x[0], x), "{:.2f} {}".format(x[1], x))
global_array = np.zeros(3)


def bump(i):
    global_array[i] += 1


bump(1)
print(global_array)
v = x
v += 1
print(x is v, x)
