import numpy as np


def moving_average(values, width):
    out = np.zeros(len(values) - width + 1)
    for i in range(len(values) - width + 1):
        out[i] = np.mean(values[i:i + width])
    return out


series = np.array([1.0, 4.0, 2.0, 8.0, 5.0, 7.0])
smooth = moving_average(series, 3)
print(smooth)
