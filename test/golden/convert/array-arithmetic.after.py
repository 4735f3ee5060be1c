import tensorflow as tf

numbers = tf.constant([1, 2, 3, 4, 5], tf.int64)
shifted = tf.add(numbers, 2)
squared = tf.square(shifted)
print("shifted:", shifted.numpy())
print("squared:", squared.numpy())
