"""Derivatives on a grid: gradient, Laplacian, divergence, and their errors."""
import numpy as np

n = 21
x = np.linspace(-1.0, 1.0, n)
h = x[1] - x[0]
X, Y = np.meshgrid(x, x, indexing="ij")
f = np.exp(-np.power(X, 2) - np.power(Y, 2))


def derivative(values, axis, h):
    inner = (np.roll(values, -1, axis=axis) - np.roll(values, 1, axis=axis)) / (2 * h)
    return inner


fx, fy = derivative(f, 0, h), derivative(f, 1, h)
exact = np.multiply(-2.0, X) * f
inside = (slice(1, -1), slice(1, -1))
error = np.abs(fx - exact)[1:-1, 1:-1]
print("gradient error", np.round(error.max(), 6))
laplacian = (np.roll(f, 1, 0) + np.roll(f, -1, 0) + np.roll(f, 1, 1) + np.roll(f, -1, 1) - 4.0 * f) / h ** 2
exact = (4.0 * (X ** 2 + Y ** 2) - 4.0) * f
error = np.abs(laplacian - exact)[1:-1, 1:-1]
print("laplacian error", np.round(error.max(), 5), "at", np.argmax(error))
speed = np.hypot(fx, fy)
steepest = np.argmax(speed[1:-1, 1:-1])
print("steepest", steepest, np.round(speed[1:-1, 1:-1].max(), 6))
print("symmetric", np.allclose(f, f.T), np.allclose(f, np.flip(f, axis=0)))
