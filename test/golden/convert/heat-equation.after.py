import tensorflow as tf

n = 12
u = tf.Variable(tf.zeros((n, n), tf.float64))
u[0, :].assign(100.0)
for step in range(20):
    u[1:-1, 1:-1].assign(0.25 * (u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2]))
print(u[1, 1].numpy(), tf.reduce_sum(u).numpy())
