import tensorflow as tf

links = tf.constant([[0, 1, 1], [1, 0, 0], [0, 1, 0]], tf.int64)
M = tf.cast(links, tf.float64) / tf.cast(tf.reduce_sum(links, axis=0), tf.float64)
rank = tf.ones(3, tf.float64) / 3
for i in range(60):
    rank = 0.85 * tf.linalg.matvec(M, rank) + 0.15 / 3
print(rank.numpy(), tf.reduce_sum(rank).numpy())
