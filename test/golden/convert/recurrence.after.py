import tensorflow as tf

n = 10
fib = tf.zeros(n, tf.int64)
fib = tf.tensor_scatter_nd_update(fib, [[0]], [0])
fib = tf.tensor_scatter_nd_update(fib, [[1]], [1])
for i in range(2, n):
    fib = tf.tensor_scatter_nd_update(fib, [[i]], [fib[i - 1] + fib[i - 2]])
print(fib.numpy())
