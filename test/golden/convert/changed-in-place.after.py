import numpy as np
import tensorflow as tf

x = tf.constant([3.0, 1.0, 2.0], tf.float64)
x = tf.sort(x)
y = np.arange(6).reshape(2, 3)
y.T[0, 1] = 9
y[0][1] = 7
z = np.zeros((2, 2))
np.fill_diagonal(z, 5)
w = np.arange(4.0)
w.shape = (2, 2)
np.random.seed(0)
p = np.arange(5)
np.random.shuffle(p)
q = tf.ones(3, tf.float64)
q = tf.fill(q.shape, tf.constant(4, tf.float64))
r = np.zeros(3)
np.add.at(r, [0, 0, 2], 1)
k = np.ones(2)
np.exp(k, k)
print(x.numpy(), y, z, w, p, q.numpy(), r, k, tf.reduce_sum(x).numpy(), y * 2)
for c in z:
    c *= 2
print(z)
u = np.arange(4)
u[[0, 1]] += 2
u[-1] = 8
u[1:3] = [5, 6]
print(u)
s = tf.Variable(tf.zeros((2, 3), tf.float64))
s[0].assign(tf.constant([1, 2, 3], tf.float64))
s[1].assign(tf.cast(tf.convert_to_tensor(u)[:3], tf.float64))
s[:, 1].assign(7)
s[..., 2].assign(-1)
s.assign(tf.where(s == 7, tf.cast(tf.convert_to_tensor(u)[0], tf.float64), s))
print(s.numpy())
e = tf.Variable(tf.zeros((3, 2), tf.float64))
e.assign(tf.broadcast_to(tf.cast(tf.range(2, dtype=tf.int64), tf.float64), e.shape))
e[:, :].assign(e[:, :] * 2)
print(e.numpy())
b = tf.constant([1, 2, 3], tf.int64)
b = tf.tensor_scatter_nd_update(b, [[0]], [tf.cast(tf.constant(2.9, tf.float64), tf.int64)])
b = tf.tensor_scatter_nd_add(b, [[1]], [tf.constant(True, tf.int64)])
print(b.numpy())
h = tf.zeros(3, tf.bool)
h = tf.tensor_scatter_nd_update(h, [[1]], [tf.constant(True, tf.bool)])
h |= tf.constant([True, False, False], tf.bool)
print(h.numpy())
