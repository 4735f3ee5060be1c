import tensorflow as tf

x, y = tf.meshgrid(tf.linspace(tf.constant(-2, tf.float64), 1, 12), tf.linspace(tf.constant(-1, tf.float64), 1, 8))
a = tf.zeros_like(x)
b = tf.zeros_like(y)
count = tf.zeros(x.shape, tf.int64)
for step in range(20):
    a, b = a * a - b * b + x, 2 * a * b + y
    inside = a * a + b * b < 4
    a = tf.where(inside, a, 2.0)
    b = tf.where(inside, b, 2.0)
    count += tf.cast(inside, tf.int64)
print(count.numpy())
