"""Principal components by power iteration with deflation."""
import numpy as np

rng = np.random.default_rng(7)
scale = np.array([3.0, 1.0, 0.2])
data = rng.normal(0.0, 1.0, (50, 3)) * scale
centered = data - data.mean(axis=0)
covariance = centered.T @ centered / (len(data) - 1)
total = np.trace(covariance)

components = []
variances = []
remaining = covariance
for _ in range(2):
    v = np.ones(3) / np.sqrt(3.0)
    for _ in range(200):
        w = remaining @ v
        v = w / np.linalg.norm(w)
    variance = v @ remaining @ v
    # The sign is a convention: the largest entry is positive.
    v = v * np.sign(v[np.argmax(np.abs(v))])
    components.append(v)
    variances.append(variance)
    remaining = remaining - variance * np.outer(v, v)

basis = np.stack(components)
explained = np.array(variances) / total
print(np.round(basis, 4))
print("explained", np.round(explained, 4), "sum", np.round(explained.cumsum(), 4))
projected = centered @ basis.T
print("variances agree:", np.allclose(projected.var(axis=0, ddof=1), np.array(variances)))
print("orthonormal:", np.allclose(basis @ basis.T, np.identity(2)))
