import time
import numpy as np
import tensorflow as tf

left = tf.convert_to_tensor(np.random.rand(200, 200))
right = tf.convert_to_tensor(np.random.rand(200, 200))
expected = tf.matmul(left, right)

a = tf.constant(left)
b = tf.constant(right)


@tf.function
def compute_product(a, b):
    return tf.matmul(a, b)


fetched = compute_product(a, b)


def seconds(run, number=1):
    run()  # warm-up: the first call of a compiled function traces and compiles it
    start = time.perf_counter()
    for _ in range(number):
        run()
    return (time.perf_counter() - start) / number


np.testing.assert_allclose(fetched.numpy(), expected.numpy())
print("Largest difference:", abs(fetched.numpy() - expected.numpy()).max())
print("NumPy:", seconds(lambda: np.matmul(left.numpy(), right.numpy()), number=3))
print("TensorFlow:", seconds(lambda: compute_product(a, b).numpy(), number=3))
