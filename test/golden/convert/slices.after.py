import tensorflow as tf

a = tf.Variable(tf.range(10, dtype=tf.int64))
print(a[2:8].numpy(), a[::2].numpy(), a[-3:].numpy(), a[::-1].numpy())
m = tf.Variable(tf.reshape(tf.range(12, dtype=tf.int64), [3, 4]))
print(m[1].numpy(), m[:, 2].numpy(), m[0, -1].numpy(), m[1:, :2].numpy(), tuple(m[..., None].shape))
m[:, 0].assign(-1)
m[2, 1:3].assign(100)
a[::3].assign(0)
print(m.numpy(), a.numpy())
