"""Records the digests of the random calls from the real NumPy; `--check` compares."""

import json
import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here))
from call_programs import digests  # noqa: E402

COUNT = 8000
path = here / 'recorded' / 'calls.json'
now = digests(0, COUNT)
if '--check' in sys.argv:
    then = json.loads(path.read_text())['digests']
    same = sum(now[i : i + 8] == then[i : i + 8] for i in range(0, len(now), 8))
    print(f'{same} passed, {COUNT - same} failed')
    sys.exit(same != COUNT)
path.write_text(json.dumps({'count': COUNT, 'digests': now}) + '\n')
