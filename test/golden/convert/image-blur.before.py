import numpy as np

np.random.seed(4)
image = np.random.rand(10, 10)
kernel = np.ones((3, 3)) / 9
h, w = image.shape
out = np.zeros((h - 2, w - 2))
for i in range(h - 2):
    for j in range(w - 2):
        out[i, j] = np.sum(image[i:i + 3, j:j + 3] * kernel)
print(out.shape, out.mean())
