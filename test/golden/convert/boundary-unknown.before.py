import json

import numpy as np

x = np.array([3.0, 1.0, 2.0])
print(json.dumps(x.tolist()), sorted(x), max(x), round(x[0], 1))
y = np.kron(x, np.ones(2))
print(y, str(x), "%s" % x, "{}".format(x[1]))
