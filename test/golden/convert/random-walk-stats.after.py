"""Random walks: first passage, range and return."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(9)
steps = tf.where(tf.convert_to_tensor(rng.random((200, 50))) < 0.5, tf.constant(-1, tf.int64), 1)
walks = tf.math.cumsum(steps, axis=1)
final = walks[:, -1]
print("mean", tf.reduce_mean(tf.cast(final, tf.float64)).numpy(), "variance", (tf.round(tf.math.reduce_variance(tf.cast(final, tf.float64)) * 1e4) / 1e4).numpy())
hit = tf.greater_equal(tf.abs(walks), 5)
reached = tf.reduce_any(hit, axis=1)
first = tf.argmax(tf.cast(hit, tf.int32), axis=1)
print("reached", tf.reduce_sum(tf.cast(reached, tf.int64)).numpy(), "mean time", (tf.round(tf.reduce_mean(tf.cast(tf.boolean_mask(first, reached), tf.float64)) * 1e4) / 1e4).numpy())
returned = tf.reduce_any(walks == 0, axis=1)
print("returned", tf.math.count_nonzero(returned).numpy(), "never", tf.math.count_nonzero(tf.logical_not(returned)).numpy())
span = tf.reduce_max(walks, axis=1) - tf.reduce_min(walks, axis=1)
print("widest", tf.reduce_max(span).numpy(), "at", tf.argmax(span).numpy(), "sorted", tf.sort(span)[-3:].numpy())
