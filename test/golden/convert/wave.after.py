import numpy as np
import tensorflow as tf

n = 40
x = tf.linspace(tf.constant(0, tf.float64), 1, n)
u = np.exp(-100 * (x.numpy() - 0.5) ** 2)
previous = u.copy()
for step in range(30):
    following = np.zeros(n)
    following[1:-1] = 2 * u[1:-1] - previous[1:-1] + 0.25 * (u[2:] - 2 * u[1:-1] + u[:-2])
    previous = u
    u = following
print(u.max(), u.sum())
