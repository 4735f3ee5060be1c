"""`python -m tensorlift.verify`, and the entry on a user's own interpreter: one JSON request in, one JSON answer out."""

import json
import sys

from tensorlift.verify import verify

if __name__ == "__main__":
    request = json.load(sys.stdin) if len(sys.argv) < 2 else json.loads(sys.argv[1])
    json.dump(verify(request), sys.stdout)
