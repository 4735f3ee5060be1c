"""Records the result dtype of every operator for all pairs of dtypes, as array, NumPy scalar and Python scalar."""

import json
import sys
import warnings
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from promotion_cases import cases  # noqa: E402

path = HERE / 'recorded' / 'promotion.json'
warnings.simplefilter('ignore')
now = cases()
if '--check' in sys.argv:
    then = json.loads(path.read_text())
    failed = [key for key in then if now.get(key) != then[key]]
    print(f'{len(then) - len(failed)} passed, {len(failed)} failed')
    sys.exit(bool(failed))
path.write_text(json.dumps(now, indent=0) + '\n')
