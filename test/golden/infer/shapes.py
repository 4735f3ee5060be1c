import numpy as np

x = np.arange(24.0).reshape(2, 3, 4)
a = x.T
b = x.reshape(6, 4)
c = x.reshape(-1)
d = x.reshape(2, -1)
e = np.reshape(x, (4, 6))
f = x.ravel()
g = x.flatten()
h = x.transpose(2, 0, 1)
i = np.transpose(x, (1, 0, 2))
j = np.moveaxis(x, 0, -1)
k = np.expand_dims(x, 0)
m = np.squeeze(np.zeros((1, 3, 1)))
n = np.concatenate([x, x])
o = np.concatenate((x, x), axis=2)
p = np.vstack([np.zeros(3), np.ones(3)])
q = np.hstack([np.zeros(3), np.ones(2)])
r = np.hstack([np.zeros((2, 1)), np.ones((2, 3))])
s = np.stack([np.zeros(3), np.ones(3)], axis=1)
t = np.tile([1, 2], 3)
u = np.tile(np.zeros((2, 3)), (2, 1))
v = np.shape(x)
w = x.shape
y = x.size
z = x.ndim
nn = x.shape[0]
aa = np.swapaxes(x, 0, 2)
bb = np.vstack([np.zeros((2, 3)), np.ones(3)])
cc = x.astype(int)
dd = x.astype(np.float32).sum(axis=0)
ee = x.copy()
ff = np.concatenate([np.arange(3), np.zeros(2)])
gg = np.transpose(x)
hh = np.zeros(3)[:, None].T
