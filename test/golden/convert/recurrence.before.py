import numpy as np

n = 10
fib = np.zeros(n, dtype=np.int64)
fib[0] = 0
fib[1] = 1
for i in range(2, n):
    fib[i] = fib[i - 1] + fib[i - 2]
print(fib)
