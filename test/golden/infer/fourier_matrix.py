import numpy as np


def dft_real(x):
    n = x.shape[0]
    k = np.arange(n)
    angle = 2 * np.pi * k[:, None] * k[None, :] / n
    return np.cos(angle) @ x, -np.sin(angle) @ x


x = np.array([1.0, 2.0, 3.0, 4.0])
re, im = dft_real(x)
power = re ** 2 + im ** 2
phase = np.arctan2(im, re)
strongest = np.argmax(power)
