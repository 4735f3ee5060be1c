import json

import numpy as np
import tensorflow as tf

x = tf.constant([3.0, 1.0, 2.0], tf.float64)
print(json.dumps(x.numpy().tolist()), sorted(x.numpy()), max(x.numpy()), round(x[0].numpy(), 1))
y = np.kron(x.numpy(), tf.ones(2, tf.float64).numpy())
print(y, str(x.numpy()), "%s" % x.numpy(), "{}".format(x[1].numpy()))
