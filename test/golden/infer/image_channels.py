import numpy as np

np.random.seed(0)

img = np.random.randint(0, 256, size=(4, 6, 3), dtype=np.uint8)
r = img[:, :, 0]
g = img[..., 1]
gray = img @ np.array([0.299, 0.587, 0.114])
small = img[::2, ::2]
flip = img[:, ::-1]
f = img.astype(np.float32) / 255
bright = np.clip(f * 1.2, 0, 1)
chw = np.moveaxis(img, -1, 0)
channel_mean = f.mean(axis=(0, 1))
mask = gray > 128
hot = img[mask]
inverted = 255 - img
mix = img // 2 + 10
