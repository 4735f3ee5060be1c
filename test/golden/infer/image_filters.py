import numpy as np

np.random.seed(0)


def convolve(image, kernel):
    kh, kw = kernel.shape
    h, w = image.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
    return out


image = np.random.rand(8, 9)
sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
gx = convolve(image, sobel)
gy = convolve(image, sobel.T)
mag = np.hypot(gx, gy)
edges = mag > mag.mean()
norm = (mag - mag.min()) / (mag.max() - mag.min())
out8 = (norm * 255).astype(np.uint8)
