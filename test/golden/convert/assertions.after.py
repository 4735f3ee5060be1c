import tensorflow as tf

x = tf.constant([0.1, 0.2, 0.3], tf.float64)
y = x * 3
tf.debugging.assert_near(y, tf.constant([0.3, 0.6, 0.9], tf.float64), rtol=0, atol=1.5e-7)
assert tuple(y.shape) == (3,)
assert len(x) == 3 and x[0] < 0.2
print("ok", y.shape.rank)
