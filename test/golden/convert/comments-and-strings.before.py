import numpy as np  # arrays

# A comment above.
x = np.array([  # the data
    1.0,  # first
    2.0,
])  # closing
total = np.sum(  # all of it
    x,
    axis=0,
)
print(f"np.sum is {total:.1f}", 'np.array', total)
