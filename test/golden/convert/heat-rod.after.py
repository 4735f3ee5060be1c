"""A cooling rod: explicit scheme, flux, and the time at which it is cold."""
import tensorflow as tf

n, alpha, dx, dt = 21, 0.1, 0.05, 0.01
position = tf.linspace(tf.constant(0.0, tf.float64), 1.0, n)
temperature = tf.where(tf.abs(position - 0.5) < 0.2, tf.constant(1.0, tf.float64), 0.0)
total = tf.reduce_sum(temperature)
history = []
for step in range(200):
    left = tf.concat([temperature[:1], temperature[:-1]], 0)
    right = tf.concat([temperature[1:], temperature[-1:]], 0)
    temperature = temperature + alpha * dt / dx ** 2 * (left - 2.0 * temperature + right)
    if step % 50 == 49:
        history.append(temperature)
snapshots = tf.stack(history)
print(tuple(snapshots.shape), (tf.round(tf.reduce_max(snapshots, axis=1) * 1e6) / 1e6).numpy())
print("conserved", (tf.abs(tf.reduce_sum(temperature) - total) <= 1e-08 + 1e-05 * tf.abs(total)).numpy())
print("symmetric", bool(tf.reduce_all(tf.abs(temperature - temperature[::-1]) <= 1e-08 + 1e-05 * tf.abs(temperature[::-1]))))
spread = tf.sqrt(tf.reduce_sum(temperature * tf.pow(position - 0.5, 2)) / tf.reduce_sum(temperature))
print("spread", (tf.round(spread * 1e6) / 1e6).numpy(), "above half", tf.reduce_sum(tf.cast(temperature > 0.5 * tf.reduce_max(temperature), tf.int64)).numpy())
