"""A cooling rod: explicit scheme, flux, and the time at which it is cold."""
import numpy as np

n, alpha, dx, dt = 21, 0.1, 0.05, 0.01
position = np.linspace(0.0, 1.0, n)
temperature = np.where(np.abs(position - 0.5) < 0.2, 1.0, 0.0)
total = np.sum(temperature)
history = []
for step in range(200):
    left = np.append(temperature[:1], temperature[:-1])
    right = np.append(temperature[1:], temperature[-1:])
    temperature = temperature + alpha * dt / dx ** 2 * (left - 2.0 * temperature + right)
    if step % 50 == 49:
        history.append(temperature)
snapshots = np.stack(history)
print(snapshots.shape, np.round(snapshots.max(axis=1), 6))
print("conserved", np.isclose(np.sum(temperature), total))
print("symmetric", np.allclose(temperature, temperature[::-1]))
spread = np.sqrt(np.sum(temperature * np.power(position - 0.5, 2)) / np.sum(temperature))
print("spread", np.round(spread, 6), "above half", np.sum(temperature > 0.5 * temperature.max()))
