import tensorflow as tf

world = tf.Variable(tf.zeros((8, 8), tf.int64))
world[1, 2] = world[2, 3] = 1
world[3, 1:4].assign(1)
for step in range(4):
    count = tf.Variable(tf.zeros((8, 8), tf.int64))
    count[1:-1, 1:-1].assign((world[:-2, :-2] + world[:-2, 1:-1] + world[:-2, 2:] + world[1:-1, :-2]
                         + world[1:-1, 2:] + world[2:, :-2] + world[2:, 1:-1] + world[2:, 2:]))
    world = tf.Variable(tf.where((count == 3) | ((world == 1) & (count == 2)), tf.constant(1, tf.int64), 0))
print(tf.reduce_sum(world).numpy())
print(world.numpy())
