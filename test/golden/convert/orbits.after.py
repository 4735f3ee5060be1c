"""Two planets around a star: leapfrog steps, energy and angles."""
import math
import tensorflow as tf

position = tf.constant([[1.0, 0.0], [0.0, 1.5]], tf.float64)
velocity = tf.constant([[0.0, 1.0], [-0.8, 0.0]], tf.float64)
dt = 0.01


def acceleration(position):
    radius = tf.sqrt(tf.reduce_sum(tf.pow(position, 2), axis=1, keepdims=True))
    return tf.negative(position) / tf.pow(radius, 3)


def energy(position, velocity):
    kinetic = 0.5 * tf.reduce_sum(velocity ** 2, axis=1)
    return kinetic - 1.0 / tf.norm(position, axis=1)


start = energy(position, velocity)
track = []
for step in range(300):
    velocity = velocity + 0.5 * dt * acceleration(position)
    position = position + dt * velocity
    velocity = velocity + 0.5 * dt * acceleration(position)
    if step % 100 == 0:
        track.append(position)
drift = tf.abs(tf.subtract(energy(position, velocity), start))
print((tf.round(tf.stack(track) * 1e4) / 1e4).numpy())
print("drift", tf.less(drift, 1e-4).numpy(), (tf.round(position * 1e6) / 1e6).numpy())
angles = tf.math.atan2(position[:, 1], position[:, 0]) * (180 / math.pi)
print("angles", (tf.round(angles * 1e4) / 1e4).numpy(), tf.floor(angles).numpy(), tf.math.ceil(angles / 90.0).numpy())
cross = position[:, 0] * velocity[:, 1] - position[:, 1] * velocity[:, 0]
print("momentum", (tf.round(cross * 1e8) / 1e8).numpy())
