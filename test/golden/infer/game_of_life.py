import numpy as np


def neighbours(Z):
    N = np.zeros(Z.shape, dtype=int)
    N[1:-1, 1:-1] += (
        Z[:-2, :-2] + Z[:-2, 1:-1] + Z[:-2, 2:] + Z[1:-1, :-2] + Z[1:-1, 2:] + Z[2:, :-2] + Z[2:, 1:-1] + Z[2:, 2:]
    )
    return N


Z = np.zeros((6, 6), dtype=int)
Z[2, 1:4] = 1
for step in range(4):
    N = neighbours(Z)
    birth = (N == 3) & (Z == 0)
    survive = ((N == 2) | (N == 3)) & (Z == 1)
    Z[...] = 0
    Z[birth | survive] = 1
alive = Z.sum()
