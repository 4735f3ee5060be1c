import numpy as np
import tensorflow as tf

world = np.zeros((8, 8), dtype=int)
world[1, 2] = world[2, 3] = 1
world[3, 1:4] = 1
for step in range(4):
    count = tf.Variable(tf.zeros((8, 8), tf.int64))
    count[1:-1, 1:-1].assign((tf.convert_to_tensor(world)[:-2, :-2] + tf.convert_to_tensor(world)[:-2, 1:-1] + tf.convert_to_tensor(world)[:-2, 2:] + tf.convert_to_tensor(world)[1:-1, :-2]
                         + tf.convert_to_tensor(world)[1:-1, 2:] + tf.convert_to_tensor(world)[2:, :-2] + tf.convert_to_tensor(world)[2:, 1:-1] + tf.convert_to_tensor(world)[2:, 2:]))
    world = np.where((count.numpy() == 3) | ((world == 1) & (count.numpy() == 2)), 1, 0)
print(world.sum())
print(world)
