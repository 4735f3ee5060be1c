import numpy as np

scores = np.array([55, 61, 70, 72, 88, 93, 97])
mean = scores.mean()
deviation = scores - mean
z = deviation / scores.std()
grades = np.where(scores >= 90, 4, np.where(scores >= 70, 3, 2))
passed = scores[scores >= 60]
rate = len(passed) / len(scores)
ordered = np.sort(scores)[::-1]
rank = np.argsort(-scores)
top = scores[rank[:3]]
mid = ordered[len(ordered) // 2]
bonus = scores * 1.1
capped = np.minimum(bonus, 100)
gap = np.diff(ordered)
levels, inverse = np.unique(grades, return_inverse=True)
