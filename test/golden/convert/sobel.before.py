"""Edges by Sobel filters, thinned by a threshold."""
import numpy as np

image = np.zeros((10, 10))
image[3:7, 3:7] = 1.0


def correlate(image, kernel):
    padded = np.concatenate([image[:1], image, image[-1:]], axis=0)
    padded = np.concatenate([padded[:, :1], padded, padded[:, -1:]], axis=1)
    height, width = image.shape
    result = np.zeros((height, width))
    for i in range(3):
        for j in range(3):
            result += kernel[i, j] * padded[i:i + height, j:j + width]
    return result


horizontal = np.array([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])
gx = correlate(image, horizontal)
gy = correlate(image, horizontal.T)
magnitude = np.sqrt(np.add(np.square(gx), np.square(gy)))
edges = np.greater_equal(magnitude, 0.5 * magnitude.max())
for line in edges.astype(int):
    print(line)
print("edge pixels", edges.sum(), "strength", np.round(magnitude[edges].mean(), 6))
rows = np.any(edges, axis=1)
print("rows", np.flatnonzero(rows), "corner", np.round(magnitude[2, 2], 6))
