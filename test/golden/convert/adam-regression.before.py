"""Linear regression with Adam and a cosine schedule."""
import numpy as np

rng = np.random.default_rng(1)
true_w = np.array([1.5, -2.0, 0.5])
X = rng.normal(0.0, 1.0, (64, 3))
y = X @ true_w + 0.1 * rng.normal(0.0, 1.0, 64)

w = np.zeros(3)
m = np.zeros_like(w)
v = np.zeros_like(w)
losses = []
for t in range(1, 121):
    residual = X @ w - y
    gradient = 2.0 * X.T @ residual / len(y)
    gradient = np.clip(gradient, -5.0, 5.0)
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * np.square(gradient)
    m_hat = m / (1.0 - np.power(0.9, t))
    v_hat = v / (1.0 - np.power(0.999, t))
    rate = 0.05 * (1.0 + np.cos(np.pi * t / 120)) + 0.01
    w = w - rate * m_hat / (np.sqrt(v_hat) + 1e-8)
    losses.append(np.mean(np.square(residual)))
losses = np.array(losses)
print(np.round(w, 4))
print("first", np.round(losses[0], 5), "last", np.round(losses[-1], 5), "best at", np.argmin(losses))
print("close", np.allclose(w, true_w, atol=0.1), "falling", np.mean(np.diff(losses) < 0) > 0.5)
