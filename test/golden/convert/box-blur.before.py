"""A box blur, unsharp masking and a threshold on a small grey image."""
import numpy as np

rows, columns = np.indices((12, 12))
image = (rows * 20 + columns * 3) % 256
image = image.astype(np.float64)
image[4:8, 4:8] = 255.0


def box_blur(image, radius):
    total = np.zeros_like(image)
    for dy in range(-radius, radius + 1):
        for dx in range(-radius, radius + 1):
            total += np.roll(image, (dy, dx), axis=(0, 1))
    return total / (2 * radius + 1) ** 2


blurred = box_blur(image, 1)
sharp = np.clip(image + 0.7 * (image - blurred), 0, 255)
threshold = sharp.mean() + 0.5 * sharp.std()
mask = np.greater(sharp, threshold)
print("blurred", np.round(blurred[5], 2))
print("threshold", np.round(threshold, 4), "pixels", np.count_nonzero(mask))
ys, xs = np.where(mask)
print("centre of mass", np.round(ys.mean(), 3), np.round(xs.mean(), 3))
bytes_ = np.rint(sharp).astype(np.uint8)
print(bytes_.dtype, bytes_.min(), bytes_.max())
