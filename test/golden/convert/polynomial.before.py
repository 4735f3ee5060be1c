import numpy as np


def horner(coefficients, x):
    result = np.zeros_like(x)
    for c in coefficients:
        result = result * x + c
    return result


x = np.linspace(-1, 1, 9)
y = horner([1.0, -2.0, 0.5], x)
print(y)
