"""Principal components by power iteration with deflation."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(7)
scale = tf.constant([3.0, 1.0, 0.2], tf.float64)
data = tf.convert_to_tensor(rng.normal(0.0, 1.0, (50, 3))) * scale
centered = data - tf.reduce_mean(data, axis=0)
covariance = tf.transpose(centered) @ centered / (len(data) - 1)
total = tf.linalg.trace(covariance)

components = []
variances = []
remaining = covariance
for _ in range(2):
    v = tf.ones(3, tf.float64) / tf.sqrt(tf.constant(3.0, tf.float64))
    for _ in range(200):
        w = tf.linalg.matvec(remaining, v)
        v = w / tf.norm(w)
    variance = tf.tensordot(tf.tensordot(v, remaining, 1), v, 1)
    # The sign is a convention: the largest entry is positive.
    v = v * tf.sign(v[tf.argmax(tf.abs(v))])
    components.append(v)
    variances.append(variance)
    remaining = remaining - variance * (v[:, None] * v)

basis = tf.stack(components)
explained = tf.stack(variances) / total
print((tf.round(basis * 1e4) / 1e4).numpy())
print("explained", (tf.round(explained * 1e4) / 1e4).numpy(), "sum", (tf.round(tf.math.cumsum(explained) * 1e4) / 1e4).numpy())
projected = centered @ tf.transpose(basis)
print("variances agree:", bool(tf.reduce_all(tf.abs((tf.reduce_sum(tf.square(projected - tf.reduce_mean(projected, axis=0, keepdims=True)), axis=0) / (tf.cast(tf.shape(projected)[0], tf.float64) - 1)) - tf.stack(variances)) <= 1e-08 + 1e-05 * tf.abs(tf.stack(variances)))))
print("orthonormal:", bool(tf.reduce_all(tf.abs((basis @ tf.transpose(basis)) - tf.eye(2, dtype=tf.float64)) <= 1e-08 + 1e-05 * tf.abs(tf.eye(2, dtype=tf.float64)))))
