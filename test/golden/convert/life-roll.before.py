"""Conway's game of life on a torus."""
import numpy as np


def step(board):
    neighbours = np.zeros_like(board)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            if dy != 0 or dx != 0:
                neighbours = neighbours + np.roll(np.roll(board, dy, axis=0), dx, axis=1)
    born = np.logical_and(board == 0, neighbours == 3)
    survives = np.logical_and(board == 1, np.logical_or(neighbours == 2, neighbours == 3))
    return np.logical_or(born, survives).astype(int)


glider = np.array([[0, 1, 0], [0, 0, 1], [1, 1, 1]])
board = np.zeros((8, 8), dtype=int)
board[1:4, 1:4] = glider
start = board.copy()
for generation in range(4):
    board = step(board)
for row in board.tolist():
    print("".join(".#"[cell] for cell in row))
print("alive", board.sum(), "moved", np.array_equal(board, np.roll(start, (1, 1), axis=(0, 1))))
rows, columns = np.nonzero(board)
print("box", rows.min(), rows.max(), columns.min(), columns.max())
