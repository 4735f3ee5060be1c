import numpy as np
import tensorflow as tf


def gauss_seidel(x, b, n):
    for i in range(1, n - 1):
        x[i] = (0.5 * (tf.convert_to_tensor(x)[i - 1] + tf.convert_to_tensor(x)[i + 1] + b[i])).numpy()


def early(a, flag):
    if flag:
        a[0] = 1
        return
    a[-1] = 2


def unknown_param(m):
    return np.sum(m, axis=0)


x = np.zeros(5)
b = tf.range(5.0, dtype=tf.float64)
gauss_seidel(x, b, 5)
early(x, True)
early(x, False)
print(x)
d = {"w": tf.ones(2, tf.float64).numpy(), "b": 0.5}
print((tf.convert_to_tensor(d["w"]) * 2 + d["b"]).numpy())
pairs = [(tf.zeros(2, tf.float64), 1), (tf.ones(2, tf.float64), 2)]
for arr, k in pairs:
    print((arr * k).numpy())
f = lambda t: tf.convert_to_tensor(t, tf.float64) ** 2 + tf.sin(tf.convert_to_tensor(t, tf.float64))
print(f(x).numpy(), f(2.0).numpy())
y = x if x.sum() > 0 else -x
z = [v * 2 for v in tf.convert_to_tensor(y)]
print(sum([item.numpy() for item in z]), len(z), [float(v) for v in tf.convert_to_tensor(y)])
try:
    w = tf.convert_to_tensor(np.linalg.inv(np.zeros((2, 2))))
except np.linalg.LinAlgError:
    w = tf.eye(2, dtype=tf.float64)
print(w.numpy())
if (n := len(x)) > 3:
    print(n)
a, *rest = tf.convert_to_tensor(x)
print(a.numpy(), [item.numpy() for item in rest])
del z
x += 1; y = x
with open("/dev/null", "w") as h:
    h.write(str(x.mean()))
for i, v in enumerate(x):
    if tf.convert_to_tensor(v) > 2:
        continue
    x[i] = v + 1
print(x)
g = (v for v in x)
print(next(g), any(x > 1), all(x > 100), x.any())
s = 0
for v in x:
    s += tf.convert_to_tensor(v)
print((s / len(x)).numpy(), int(s), f"{s.numpy():>10.3f}|{x!r}")
print(np.sum(x) if len(x) else 0, not x.sum() > 3, 1 < x[0] < 3)
