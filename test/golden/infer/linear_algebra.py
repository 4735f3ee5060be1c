import numpy as np

np.random.seed(0)

A = np.random.rand(4, 3)
B = np.random.rand(3, 2)
v = np.ones(3)
a = A @ B
b = np.dot(A, v)
c = np.dot(v, v)
d = np.matmul(A, B)
e = A.T @ A
f = np.linalg.inv(e)
g = np.linalg.norm(v)
h = np.linalg.norm(A, axis=1)
i = A.dot(B)
j = np.outer(v, v)
k = v @ B
m = np.dot(2.0, A)
n = np.dot(np.ones((2, 3, 4)), np.ones((4, 5)))
o = np.ones((5, 2, 3)) @ np.ones((3, 4))
p = np.linalg.norm(np.arange(3))
q = np.linalg.inv(np.array([[2, 0], [0, 2]]))
r = np.dot(np.arange(3), np.arange(3))
s = A @ v
t = np.linalg.norm(A, axis=0, keepdims=True)
u = v.dot(v)
