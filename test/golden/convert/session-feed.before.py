import numpy as np
import tensorflow as tf

tf.compat.v1.disable_eager_execution()
x = tf.compat.v1.placeholder(tf.float64, shape=[None])
doubled = x * 2
shifted = doubled + 1
data = np.array([1.0, 2.0, 3.0])
with tf.compat.v1.Session() as sess:
    print(sess.run(shifted, feed_dict={x: data}))
    print(sess.run(doubled, feed_dict={x: [5.0]}))
