import math
import tensorflow as tf

low, high = 0.0, 2.0
for step in range(40):
    middle = (low + high) / 2
    if tf.cos(tf.constant(middle, tf.float64)) > 0:
        low = middle
    else:
        high = middle
print(low, math.pi / 2)
