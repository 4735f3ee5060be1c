"""A signal: normalisation, cumulative energy, zero crossings, peaks."""
import math
import tensorflow as tf

t = tf.linspace(tf.constant(0.0, tf.float64), 1.0, 200)
signal = tf.sin(2 * math.pi * 5 * t) + 0.5 * tf.cos(2 * math.pi * 12 * t)
signal = signal - tf.reduce_mean(signal)
signal = signal / tf.reduce_max(tf.abs(signal))

energy = tf.square(signal)
cumulative = tf.math.cumsum(energy) / tf.reduce_sum(energy)
half = tf.argmax(tf.cast(cumulative >= 0.5, tf.int32))
print("half of the energy at", (tf.round(t[half] * 1e4) / 1e4).numpy())

signs = tf.sign(signal)
crossings = tf.where(signs[:-1] * signs[1:] < 0)[:, 0]
print("zero crossings", len(crossings), crossings[:4].numpy())

inner = signal[1:-1]
peaks = tf.where(tf.logical_and(inner > signal[:-2], inner > signal[2:]))[:, 0] + 1
print("peaks", peaks.numpy())
strongest = tf.sort(tf.gather(signal, peaks))[::-1]
print("heights", (tf.round(strongest[:3] * 1e4) / 1e4).numpy())

window = 0.5 - 0.5 * tf.cos(2 * math.pi * tf.cast(tf.range(200, dtype=tf.int64), tf.float64) / 199)
tapered = signal * window
rms = tf.sqrt(tf.reduce_mean(tf.pow(tapered, 2)))
print("rms", (tf.round(rms * 1e6) / 1e6).numpy(), "clipped", tf.math.count_nonzero(tf.abs(tapered) > 0.9).numpy())
decibels = 20 * tf.math.log(tf.maximum(tf.abs(tapered), 1e-6)) / tf.math.log(tf.constant(10.0, tf.float64))
print("above -3 dB:", tf.reduce_sum(tf.cast(decibels > -3, tf.int64)).numpy(), "floor", tf.floor(tf.reduce_min(decibels)).numpy())
