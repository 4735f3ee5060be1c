"""The hazard rows that use covered names only, with what the real packages answer: recorded/hazards.json.

    record_hazards.py TABLE      selects the rows of a table of hazards, runs them and writes the file
    record_hazards.py --check    runs the recorded rows again and compares

Each source runs in a process of its own.
"""

import ast
import collections
import json
import multiprocessing
import os
import pathlib
import sys
import tempfile
import time
from multiprocessing.connection import wait

os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')
os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('TF_ENABLE_ONEDNN_OPTS', '0')
from hazard_outcomes import RECORDED, difference, load, outcome, sources  # noqa: E402

COVERED = json.loads((pathlib.Path(__file__).resolve().parent.parent / 'covered.json').read_text())
DTYPES = set(COVERED['dtypes'])
# ndindex stands in the setup of the gradient rows, whose central differences it drives.
NUMPY = {name for name in COVERED['numpy'] if not name.startswith('ndarray.')} | DTYPES | {'ndindex'}
TENSORFLOW = set(COVERED['tensorflow']) | DTYPES
# Attributes of values: covered methods, and what the covered classes cannot do without.
ATTRIBUTES = {name.partition('.')[2] for name in COVERED['numpy'] if name.startswith('ndarray.')} | set(
    'dtype ndim item numpy shape '  # arrays and tensors
    'assign assign_add assign_sub value read_value '  # Variable
    'gradient watch '  # GradientTape
    'write read stack size '  # TensorArray
    'random normal '  # Generator
    'run '  # Session
    'append items keys values extend as_list name'.split()
)
OTHER_DTYPES = set('float16 bfloat16 half complex complex64 complex128 int8 int16 uint16 uint32 uint64 str object string'.split())
MODULES = {'np': NUMPY, 'tf': TENSORFLOW}
IMPORTS = {'math', 'time'}


def exists_in_tensorflow(chain):
    """A covered NumPy name that TensorFlow does not have is an AttributeError there and here."""
    import tensorflow

    home = tensorflow
    for name in chain:
        home = getattr(home, name, None)
    return home is not None


class Uses(ast.NodeVisitor):
    """Collects what a source uses that is not covered."""

    def __init__(self):
        self.uncovered, self.modules = set(), set()

    def visit_Attribute(self, node):
        chain, value = [node.attr], node.value
        while isinstance(value, ast.Attribute):
            chain.insert(0, value.attr)
            value = value.value
        if isinstance(value, ast.Name) and value.id in MODULES:
            names = MODULES[value.id]
            # np.random.rand is a name; np.pi.real is the name np.pi and an attribute.
            for length in range(len(chain), 0, -1):
                if '.'.join(chain[:length]) in names:
                    self.uncovered |= set(chain[length:]) - ATTRIBUTES
                    return
            if value.id == 'np' or '.'.join(chain) not in NUMPY or exists_in_tensorflow(chain):
                self.uncovered.add(f"{value.id}.{'.'.join(chain)}")
            return
        if isinstance(value, ast.Name) and value.id in self.modules:
            return
        if node.attr not in ATTRIBUTES:
            self.uncovered.add(f'.{node.attr}')
        self.visit(node.value)

    def visit_Constant(self, node):
        if isinstance(node.value, complex) or isinstance(node.value, str) and node.value in OTHER_DTYPES:
            self.uncovered.add(repr(node.value))

    def visit_Call(self, node):
        """Arrays of strings and of records, and names that are looked up by text."""
        if isinstance(node.func, ast.Name) and node.func.id in ('getattr', 'hasattr'):
            self.uncovered.add(node.func.id)
        texts = [x for arg in node.args[:1] if isinstance(arg, ast.List) for x in ast.walk(arg) if isinstance(x, ast.Constant)]
        if any(isinstance(x.value, str) for x in texts):
            self.uncovered.add('str')
        if any(key.arg == 'dtype' and isinstance(key.value, ast.List) for key in node.keywords):
            self.uncovered.add('records')
        self.generic_visit(node)

    def visit_Name(self, node):
        if node.id in ('complex', 'str', 'object'):
            self.uncovered.add(node.id)

    def visit_Import(self, node):
        for name in node.names:
            (self.modules if name.name in IMPORTS else self.uncovered).add(name.name)

    def visit_ImportFrom(self, node):
        self.uncovered.add(str(node.module))


def uncovered(row):
    uses = Uses()
    for source in (row.get('setup', ''), row['numpy'], row['naive'] or '', *row['correct']):
        uses.visit(ast.parse(source))
    return uses.uncovered


def child(pipe, setup, source, lift, folder):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    import numpy as np

    np.seterr(all='ignore')
    try:
        out = outcome(setup, source, lift, folder)
    except BaseException as error:  # noqa: BLE001 - SystemExit is an outcome too
        out = {'exception': type(error).__name__, 'message': str(error)[:140]}
    pipe.send(out)
    pipe.close()
    os._exit(0)


def run_all(jobs, workers=2, limit=60):
    """{key: outcome}; jobs are (key, setup, source, lift)."""
    import tensorflow  # noqa: F401 - once, before the forks; no op runs here

    fork, out, live, queue = multiprocessing.get_context('fork'), {}, {}, collections.deque(jobs)
    with tempfile.TemporaryDirectory() as folder:
        while queue or live:
            while queue and len(live) < workers:
                key, setup, source, lift = queue.popleft()
                here, there = fork.Pipe(False)
                process = fork.Process(target=child, args=(there, setup, source, lift, folder))
                process.start()
                there.close()
                live[here] = (key, process, time.time() + limit)
            for pipe in wait(list(live), timeout=0.5):
                key, process, _ = live.pop(pipe)
                try:
                    out[key] = pipe.recv()
                except EOFError:
                    out[key] = {'exception': 'Crash', 'message': ''}
                process.join()
            for pipe, (key, process, deadline) in list(live.items()):
                if time.time() > deadline:
                    process.kill()
                    process.join()
                    out[key] = {'exception': 'Timeout', 'message': ''}
                    del live[pipe]
    return out


def observe(rows):
    jobs = [((i, side), row.get('setup', ''), source, lift) for i, row in enumerate(rows) for side, source, lift in sources(row)]
    out = run_all(jobs)
    return [{side: out[i, side] for side, _, _ in sources(row)} for i, row in enumerate(rows)]


def main():
    if '--check' in sys.argv:
        rows = load()
        passed = failed = 0
        for row, now in zip(rows, observe(rows), strict=True):
            bad = [side for side, then in row['observed'].items() if difference(then, now[side], row.get('tol'))]
            for side in bad:
                print(f"{row['n']} {side}: recorded {json.dumps(row['observed'][side])[:200]}, now {json.dumps(now[side])[:200]}")
            failed += bool(bad)
            passed += not bad
        print(f'{passed} passed, {failed} failed')
        sys.exit(1 if failed else 0)
    table = json.loads(pathlib.Path(sys.argv[1]).read_text())
    rows = [row for row in table if not uncovered(row)]
    keep = ('n', 'group', 'title', 'setup', 'numpy', 'naive', 'correct', 'kind', 'tol')
    rows = [{key: row[key] for key in keep if key in row} for row in rows]
    for row, now in zip(rows, observe(rows), strict=True):
        row['observed'] = now
    text = ',\n'.join(json.dumps(row, ensure_ascii=False) for row in rows)
    pathlib.Path(RECORDED).write_text(f'[\n{text}\n]\n', encoding='utf-8')
    missing = collections.Counter(name for row in table for name in uncovered(row))
    print(f'{len(rows)} of {len(table)} rows recorded; names that leave most rows out: {missing.most_common(40)}')


if __name__ == '__main__':
    main()
