"""Conway's game of life on a torus."""
import tensorflow as tf


def step(board):
    neighbours = tf.zeros_like(board)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            if dy != 0 or dx != 0:
                neighbours = neighbours + tf.roll(tf.roll(board, dy, axis=0), dx, axis=1)
    born = tf.logical_and(board == 0, neighbours == 3)
    survives = tf.logical_and(board == 1, tf.logical_or(neighbours == 2, neighbours == 3))
    return tf.cast(tf.logical_or(born, survives), tf.int64)


glider = tf.constant([[0, 1, 0], [0, 0, 1], [1, 1, 1]], tf.int64)
board = tf.Variable(tf.zeros((8, 8), tf.int64))
board[1:4, 1:4].assign(glider)
start = tf.identity(board)
for generation in range(4):
    board = tf.Variable(step(tf.identity(board)))
for row in board.numpy().tolist():
    print("".join(".#"[cell] for cell in row))
print("alive", tf.reduce_sum(board).numpy(), "moved", bool(tf.reduce_all(board == tf.roll(start, (1, 1), axis=(0, 1)))))
rows, columns = tf.unstack(tf.where(board != 0), axis=1)
print("box", tf.reduce_min(rows).numpy(), tf.reduce_max(rows).numpy(), tf.reduce_min(columns).numpy(), tf.reduce_max(columns).numpy())
