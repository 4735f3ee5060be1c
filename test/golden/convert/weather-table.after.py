"""Statistics of a table of temperatures with gaps."""
import math
import tensorflow as tf

table = tf.constant([[12.5, 14.0, math.nan, 9.5], [15.0, math.nan, 13.5, 10.0], [11.0, 12.5, 12.0, math.nan]], tf.float64)
missing = tf.math.is_nan(table)
filled = tf.where(missing, tf.constant(0.0, tf.float64), table)
counts = tf.reduce_sum(tf.cast(tf.logical_not(missing), tf.int64), axis=0)
means = tf.divide(tf.reduce_sum(filled, axis=0), tf.cast(counts, tf.float64))
complete = tf.where(missing, means, table)
print("missing", tf.math.count_nonzero(missing).numpy(), "by month", tf.reduce_sum(tf.cast(missing, tf.int64), axis=0).numpy())
print((tf.round(means * 1000.0) / 1000.0).numpy())
print((tf.round(complete * 100.0) / 100.0).numpy())
anomaly = complete - tf.reduce_mean(complete, axis=0)
warmest = tf.argmax(complete, axis=1)
print("warmest", warmest.numpy(), "coldest", tf.reduce_min(complete, axis=0).numpy())
print("spread", (tf.round((tf.reduce_max(complete, axis=0) - tf.reduce_min(complete, axis=0)) * 1000.0) / 1000.0).numpy(), "std", (tf.round(tf.math.reduce_std(anomaly, axis=0) * 1e4) / 1e4).numpy())
fahrenheit = tf.cast(tf.round(complete * 9 / 5 + 32), tf.int64)
print(fahrenheit.numpy())
above = tf.where(complete > 13.0)
print(above.numpy().tolist(), tf.reduce_all(tf.math.is_finite(complete)).numpy())
