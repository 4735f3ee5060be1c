import numpy as np

np.random.seed(1)
X = np.random.rand(30, 2)
true_w = np.array([2.0, -3.0])
y = X @ true_w + 0.5
Xb = np.hstack([X, np.ones((30, 1))])
w = np.linalg.inv(Xb.T @ Xb) @ Xb.T @ y
print("weights", w)
residual = np.linalg.norm(Xb @ w - y)
print(residual < 1e-8)
