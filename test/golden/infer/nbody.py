import numpy as np


def acceleration(pos, mass, G=1.0, eps=0.1):
    diff = pos[None, :, :] - pos[:, None, :]
    d2 = (diff ** 2).sum(axis=-1) + eps ** 2
    inv = d2 ** -1.5
    return G * (diff * inv[:, :, None] * mass[None, :, None]).sum(axis=1)


rng = np.random.default_rng(1)
pos = rng.normal(size=(8, 3))
vel = rng.normal(0.0, 0.1, (8, 3))
mass = np.ones(8)
acc = acceleration(pos, mass)
dt = 0.01
for i in range(5):
    vel += acc * dt / 2
    pos += vel * dt
    acc = acceleration(pos, mass)
    vel += acc * dt / 2
ke = 0.5 * np.sum(mass[:, None] * vel ** 2)
com = (pos * mass[:, None]).sum(axis=0) / mass.sum()
