"""Two planets around a star: leapfrog steps, energy and angles."""
import numpy as np

position = np.array([[1.0, 0.0], [0.0, 1.5]])
velocity = np.array([[0.0, 1.0], [-0.8, 0.0]])
dt = 0.01


def acceleration(position):
    radius = np.sqrt(np.sum(np.power(position, 2), axis=1, keepdims=True))
    return np.negative(position) / np.power(radius, 3)


def energy(position, velocity):
    kinetic = 0.5 * np.sum(velocity ** 2, axis=1)
    return kinetic - 1.0 / np.linalg.norm(position, axis=1)


start = energy(position, velocity)
track = []
for step in range(300):
    velocity = velocity + 0.5 * dt * acceleration(position)
    position = position + dt * velocity
    velocity = velocity + 0.5 * dt * acceleration(position)
    if step % 100 == 0:
        track.append(position)
drift = np.abs(np.subtract(energy(position, velocity), start))
print(np.round(np.stack(track), 4))
print("drift", np.less(drift, 1e-4), np.round(position, 6))
angles = np.rad2deg(np.arctan2(position[:, 1], position[:, 0]))
print("angles", np.round(angles, 4), np.floor(angles), np.ceil(angles / 90.0))
cross = position[:, 0] * velocity[:, 1] - position[:, 1] * velocity[:, 0]
print("momentum", np.round(cross, 8))
