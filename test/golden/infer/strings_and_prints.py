import numpy as np

x = np.array([1.5, 2.5])
text = f"mean {x.mean():.2f}"
label = "a" * 3
parts = "1,2,3".split(",")
numbers = [float(p) for p in parts]
arr = np.array(numbers)
s = str(arr)
joined = ", ".join(parts)
n = len(joined)
upper = joined.upper()
is_a = label.startswith("a")
line = "%d items" % n
print(text, arr)
result = print("x")
