import numpy as np

np.random.seed(11)
rgb = np.random.rand(4, 5, 3)
gray = 0.299 * rgb[:, :, 0] + 0.587 * rgb[:, :, 1] + 0.114 * rgb[..., 2]
flipped = gray[:, ::-1]
cropped = gray[1:3, 1:-1]
channels = np.moveaxis(rgb, -1, 0)
print(gray.shape, flipped[0, 0], cropped.mean(), channels.shape)
