import numpy as np

h, w = 12, 16
y, x = np.mgrid[-1.0:1.0:0.25, -2.0:1.0:0.25]
cr = x
ci = y
zr = np.zeros_like(cr)
zi = np.zeros_like(ci)
count = np.zeros(cr.shape, dtype=int)
for k in range(10):
    inside = zr * zr + zi * zi < 4
    tmp = zr * zr - zi * zi + cr
    zi = np.where(inside, 2 * zr * zi + ci, zi)
    zr = np.where(inside, tmp, zr)
    count = count + inside
most = count.max()
