import numpy as np


class MLP:
    def __init__(self, sizes):
        self.W1 = np.random.randn(sizes[0], sizes[1]) * 0.1
        self.b1 = np.zeros(sizes[1])
        self.W2 = np.random.randn(sizes[1], sizes[2]) * 0.1
        self.b2 = np.zeros(sizes[2])

    def forward(self, x):
        self.h = np.maximum(0, x @ self.W1 + self.b1)
        z = self.h @ self.W2 + self.b2
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)


np.random.seed(0)
X = np.random.randn(6, 4)
y = np.array([0, 1, 2, 0, 1, 2])
net = MLP((4, 5, 3))
p = net.forward(X)
picked = p[np.arange(len(y)), y]
loss = -np.log(picked).mean()
best = np.argmax(p, axis=1)
onehot = np.eye(3)[y]
dz = (p - onehot) / X.shape[0]
dW2 = net.h.T @ dz
db2 = dz.sum(axis=0)
