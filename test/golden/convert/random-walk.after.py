import numpy as np
import tensorflow as tf

np.random.seed(12)
steps = tf.convert_to_tensor(np.random.randint(0, 2, 100)) * 2 - 1
position = tf.zeros(101, tf.int64)
for i in range(100):
    position = tf.tensor_scatter_nd_update(position, [[i + 1]], [position[i] + steps[i]])
print(position[-1].numpy(), tf.reduce_max(position).numpy(), tf.reduce_min(position).numpy())
