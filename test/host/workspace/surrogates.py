import numpy as np

name = "😀 𝛼"; total = np.sum(np.array([1.0, 2.0]))  # 😀
print("𝛼", np.exp(total))
