import numpy as np

rng = np.random.default_rng(5)
X = rng.normal(size=(30, 2))
y = (X[:, 0] > 0).astype(int)
classes = np.unique(y)
means = np.array([X[y == c].mean(axis=0) for c in [0, 1]])
stds = np.array([X[y == c].std(axis=0) for c in [0, 1]])
priors = np.array([np.mean(y == c) for c in [0, 1]])
logp = np.zeros((len(X), 2))
for k in range(2):
    z = (X - means[k]) / stds[k]
    logp[:, k] = np.log(priors[k]) - 0.5 * (z ** 2).sum(axis=1) - np.log(stds[k]).sum()
guess = np.argmax(logp, axis=1)
acc = np.mean(guess == y)
