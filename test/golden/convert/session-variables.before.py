import tensorflow as tf

w = tf.Variable([1.0, 2.0])
total = tf.reduce_sum(w)
with tf.compat.v1.Session() as sess:
    sess.run(tf.compat.v1.global_variables_initializer())
    value = sess.run(total)
    print("total", value)
