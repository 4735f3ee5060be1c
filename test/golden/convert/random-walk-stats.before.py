"""Random walks: first passage, range and return."""
import numpy as np

rng = np.random.default_rng(9)
steps = np.where(rng.random((200, 50)) < 0.5, -1, 1)
walks = np.cumsum(steps, axis=1)
final = walks[:, -1]
print("mean", final.mean(), "variance", np.round(final.var(), 4))
hit = np.greater_equal(np.abs(walks), 5)
reached = hit.any(axis=1)
first = hit.argmax(axis=1)
print("reached", reached.sum(), "mean time", np.round(first[reached].mean(), 4))
returned = np.any(walks == 0, axis=1)
print("returned", np.count_nonzero(returned), "never", np.count_nonzero(np.logical_not(returned)))
span = np.ptp(walks, axis=1)
print("widest", span.max(), "at", np.argmax(span), "sorted", np.sort(span)[-3:])
