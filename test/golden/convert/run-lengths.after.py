"""Run-length coding of a bit string, and back."""
import tensorflow as tf

bits = tf.constant([1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0], tf.int64)
changes = tf.where((bits[1:] - bits[:-1]) != 0)[:, 0] + 1
starts = tf.concat([tf.constant([0], tf.int64), changes], 0)
ends = tf.concat([changes, tf.constant([len(bits)], tf.int64)], 0)
lengths = tf.subtract(ends, starts)
values = tf.gather(bits, starts)
print("values", values.numpy(), "lengths", lengths.numpy())
restored = tf.repeat(values, lengths)
print("same", restored.shape == bits.shape and bool(tf.reduce_all(restored == bits)))
longest = tf.argmax(tf.where(values == 1, lengths, 0))
print("longest run of ones", lengths[longest].numpy(), "from", starts[longest].numpy())
parity = tf.math.floormod(tf.math.cumsum(bits), 2)
print("parity", parity.numpy(), "flips", tf.math.count_nonzero(tf.not_equal(parity[1:], parity[:-1])).numpy())
packed = tf.reduce_sum(tf.reshape(bits, [-1, 4]) * (2 ** tf.range(3, -1, -1, dtype=tf.int64)), axis=1)
print("packed", packed.numpy(), "masks", (packed & 6).numpy(), (packed ^ 15).numpy())
