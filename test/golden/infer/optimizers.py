import numpy as np


class Adam:
    def __init__(self, lr=0.001, b1=0.9, b2=0.999):
        self.lr = lr
        self.b1 = b1
        self.b2 = b2
        self.t = 0
        self.m = None
        self.v = None

    def update(self, w, g):
        if self.m is None:
            self.m = np.zeros_like(w)
            self.v = np.zeros_like(w)
        self.t += 1
        self.m = self.b1 * self.m + (1 - self.b1) * g
        self.v = self.b2 * self.v + (1 - self.b2) * g ** 2
        mh = self.m / (1 - self.b1 ** self.t)
        vh = self.v / (1 - self.b2 ** self.t)
        return w - self.lr * mh / (np.sqrt(vh) + 1e-8)


w = np.ones(3)
opt = Adam(lr=0.1)
for i in range(5):
    g = 2 * w
    w = opt.update(w, g)
loss = (w ** 2).sum()
t = opt.t
