import tensorflow as tf
def f(x):
	# tab indented
	return tf.exp(x)	+ 1
print(f(tf.constant([0.0, 1.0], tf.float64)).numpy())
