"""A signal: normalisation, cumulative energy, zero crossings, peaks."""
import numpy as np

t = np.linspace(0.0, 1.0, 200)
signal = np.sin(2 * np.pi * 5 * t) + 0.5 * np.cos(2 * np.pi * 12 * t)
signal = signal - signal.mean()
signal = signal / np.max(np.abs(signal))

energy = np.square(signal)
cumulative = np.cumsum(energy) / np.sum(energy)
half = np.argmax(cumulative >= 0.5)
print("half of the energy at", np.round(t[half], 4))

signs = np.sign(signal)
crossings = np.nonzero(signs[:-1] * signs[1:] < 0)[0]
print("zero crossings", len(crossings), crossings[:4])

inner = signal[1:-1]
peaks = np.where(np.logical_and(inner > signal[:-2], inner > signal[2:]))[0] + 1
print("peaks", peaks)
strongest = np.sort(signal[peaks])[::-1]
print("heights", np.round(strongest[:3], 4))

window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(200) / 199)
tapered = signal * window
rms = np.sqrt(np.mean(np.power(tapered, 2)))
print("rms", np.round(rms, 6), "clipped", np.count_nonzero(np.abs(tapered) > 0.9))
decibels = 20 * np.log(np.maximum(np.abs(tapered), 1e-6)) / np.log(10.0)
print("above -3 dB:", np.sum(decibels > -3), "floor", np.floor(decibels.min()))
