import numpy as np


def log_sum_exp(x):
    top = np.max(x)
    return top + np.log(np.sum(np.exp(x - top)))


scores = np.array([1000.0, 1001.0, 999.0])
print(log_sum_exp(scores), np.exp(scores - log_sum_exp(scores)))
