import numpy as np

table = np.zeros((3, 3))
row = table[1]
row[0] = 5.0
table[2, 2] = 7.0
print(table)
print(row)
