import tensorflow as tf

x = tf.reshape(tf.range(24.0, dtype=tf.float64), [2, 3, 4])
m = tf.reshape(tf.range(6, dtype=tf.int64), [2, 3])
v = tf.constant([3, 1, 2], tf.int32)
flags = tf.constant([True, False, True], tf.bool)

flipped = tf.reverse(x, [0, 1, 2])
flipped_columns = tf.reverse(m, [1])
rolled = tf.reshape(tf.roll(tf.reshape(m, [-1]), 1, axis=0), m.shape)
rolled_both = tf.roll(x, (1, 2), axis=(0, 1))
wide = tf.broadcast_to(v, [4, 3])
number = tf.broadcast_to(tf.constant(2.5, tf.float64), [3])
row = v[None]
block = m[:, :, None]
block_of_vector = v[None, :, None]
one = tf.reshape(tf.constant(3.5, tf.float64), [1])
twice = tf.repeat(v, 2)
twice_flat = tf.repeat(m, 2)
rows_twice = tf.repeat(m, 2, axis=0)
uneven = tf.repeat(v, [1, 2, 3])
by_method = tf.repeat(m, 3, axis=-1)
longer = tf.concat([tf.cast(v, tf.int64), tf.constant([4], tf.int64)], 0)
longer_float = tf.concat([tf.cast(v, tf.float64), tf.constant([0.5], tf.float64)], 0)
flat_append = tf.concat([tf.reshape(m, [-1]), tf.reshape(m, [-1])], 0)
more_rows = tf.concat([m, tf.constant([[7, 8, 9]], tf.int64)], 0)
picked = tf.gather(tf.reshape(m, [-1]), 4)
picked_list = tf.gather(tf.reshape(m, [-1]), [0, 5])
columns = tf.gather(m, [2, 0], axis=1)
one_column = tf.gather(m, 1, axis=1)
pairs = tf.gather(v, [[0, 1], [2, 0]])
beside = tf.stack([v, v], axis=1)
beside_matrix = tf.concat([(m[:, 0])[:, None], m], 1)
diagonal_sum = tf.linalg.trace(m)
traced = tf.linalg.trace(m)
rounded = tf.round(x * 10.0) / 10.0
rounded_scalar = tf.round(x[0, 0, 0])
rounded_number = tf.round(tf.constant(2.675, tf.float64) * 100.0) / 100.0
rounded_method = tf.round(x * 100.0) / 100.0
grid = tf.stack(tf.meshgrid(tf.range(2, dtype=tf.int64), tf.range(3, dtype=tf.int64), indexing='ij'))
rows, cols = tf.meshgrid(tf.range(2, dtype=tf.int64), tf.range(3, dtype=tf.int64), indexing='ij')
where_true = tf.where(m > 2)
spots = tf.where(flags)[:, 0]
first = tf.where(tf.reshape(m > 2, [-1]))[:, 0][0]
how_many = tf.math.count_nonzero(m)
how_many_columns = tf.math.count_nonzero(m, axis=0)
kept = tf.math.count_nonzero(m, axis=1, keepdims=True)
same = tf.identity(x)
limited = tf.clip_by_value(x, 0, 1)
limited_below = tf.maximum(m, 1)
swapped = tf.transpose(x, [2, 1, 0])
swapped_last = tf.transpose(x, [0, 2, 1])
squeezed = tf.squeeze(tf.expand_dims(v, 0), axis=[0])
squeezed_all = tf.squeeze(v[None, :, None])
sums = tf.math.cumsum(m, axis=1)
sums_flat = tf.math.cumsum(tf.reshape(m, [-1]))
products = tf.math.cumprod(tf.cast(flags, tf.int64))
sums_float = tf.math.cumsum(tf.reshape(tf.cast(m, tf.float64), [-1]))
smallest = tf.argmin(m, axis=1)
largest = tf.argmax(tf.reshape(m, [-1]))
order = tf.cast(tf.argsort(v, stable=True), tf.int64)
ranks = tf.cast(tf.argsort(tf.cast(tf.argsort(v, stable=True), tf.int64), stable=True), tf.int64)
anything = tf.reduce_any(m > 4)
columns_true = tf.reduce_all(m > 2, axis=0)
spread = tf.reduce_max(m, axis=1) - tf.reduce_min(m, axis=1)
spread_all = tf.reduce_max(x) - tf.reduce_min(x)
variance = tf.math.reduce_variance(x, axis=(0, 1))
variance_all = tf.math.reduce_variance(tf.cast(v, tf.float64))
product = tf.reduce_prod(tf.cast(v, tf.int64))
halves = tf.fill(m.shape, tf.constant(0.5, tf.float64))
unit = tf.eye(3, dtype=tf.float64)
unit_int = tf.eye(2, dtype=tf.int64)
places = tuple(tf.unstack(tf.where(m != 0), axis=1))
close = tf.abs(x) <= 1e-08
near = bool(tf.reduce_all(tf.abs(x - x) <= 1e-08 + 1e-05 * tf.abs(x)))
equal = bool(tf.reduce_all(m == m))
dims = x.shape.rank
sizes = x.shape[1]
kind = m.numpy().dtype
bytes_each = m.numpy().itemsize
element = m.numpy().item() if int(tf.size(m)) == 1 else m[0, 1].numpy().item()
stacked = tf.stack([v, v])
stacked_last = tf.stack([v, v], axis=-1)
product_table = tf.cast(v, tf.float64)[:, None] * tf.constant([1.5, 2.5], tf.float64)
