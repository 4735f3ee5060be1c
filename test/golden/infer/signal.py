import numpy as np

fs = 100
t = np.arange(0, 1, 1 / fs)
x = np.sin(2 * np.pi * 5 * t) + 0.5 * np.sin(2 * np.pi * 20 * t)
window = 5
kernel = np.ones(window) / window
smooth = np.zeros(len(x) - window + 1)
for i in range(len(smooth)):
    smooth[i] = np.dot(x[i : i + window], kernel)
d = np.diff(x)
crossings = np.where(x[:-1] * x[1:] < 0)[0]
rms = np.sqrt(np.mean(x ** 2))
peak = np.argmax(np.abs(x))
db = 20 * np.log10(rms)
n = len(x)
k = np.arange(n)
cosines = np.cos(2 * np.pi * np.outer(k[:3], k) / n)
re = cosines @ x
energy = (x ** 2).sum()
