import numpy as np

np.random.seed(9)
image = np.random.randint(0, 256, (8, 8)).astype(np.uint8)
binary = np.where(image > 127, 255, 0)
bright = image[image > 200]
print(binary.sum(), bright.size, image.max(), image.min())
normalized = image / 255.0
print(normalized.mean())
