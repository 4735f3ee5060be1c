"""A gradient: logistic regression on four points, three steps of descent."""

import tensorflow as tf

points = tf.constant([[0.5, 1.0], [1.5, -0.5], [-1.0, 0.25], [-0.5, -1.5]])
labels = tf.constant([1.0, 1.0, 0.0, 0.0])
weights = tf.Variable([0.1, -0.2])


def loss_of(weights):
    scores = tf.reduce_sum(points * weights, axis=1)
    chance = tf.sigmoid(scores)
    return -tf.reduce_mean(labels * tf.math.log(chance) + (1.0 - labels) * tf.math.log(1.0 - chance))


for step in range(3):
    with tf.GradientTape() as tape:
        loss = loss_of(weights)
    gradient = tape.gradient(loss, weights)
    weights.assign_sub(0.5 * gradient)
    print("step", step, "loss", loss.numpy(), "gradient", gradient.numpy())
