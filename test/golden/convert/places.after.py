import tensorflow as tf

x = tf.constant([[3.0, -1.0, 0.0], [0.0, 2.0, -4.0]], tf.float64)
rows, columns = tf.unstack(tf.where(x != 0), axis=1)
print(rows.numpy(), columns.numpy(), tf.gather_nd(x, tf.stack([rows, columns], -1)).numpy())
print(tf.where(x < 0)[:, 1].numpy(), tf.where(x > 0)[:, 1].numpy(), tf.where(x < 0)[:, 0].numpy())
print(tf.boolean_mask(x, x < 0).numpy(), tf.boolean_mask(x, x > 1).numpy())
found = tuple(tf.unstack(tf.where(x < 0), axis=1))
print(len(found), tf.gather_nd(x, tf.stack(found, -1)).numpy())
x = tf.where(x < 0, tf.constant(0.5, tf.float64), x)
print(tf.where(x == 0.5).numpy().tolist(), tf.where(tf.reshape(x, [-1]) != 0)[:, 0].numpy(), tf.math.count_nonzero(x, axis=0).numpy())
v = tf.constant([4, 0, 7], tf.int64)
print(tf.gather(v, tf.where(v != 0)[:, 0]).numpy(), tf.where(v != 0)[:, 0].numpy(), tf.gather(v, [2, 0]).numpy(), v[1].numpy(), tf.gather(tf.reshape(x, [-1]), 4).numpy())
