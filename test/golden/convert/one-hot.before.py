import numpy as np

labels = np.array([0, 2, 1, 2])
one_hot = np.zeros((4, 3))
one_hot[np.arange(4), labels] = 1.0
identity = np.eye(3)[labels]
print(one_hot)
print(np.sum(one_hot - identity))
