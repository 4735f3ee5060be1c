"""Records what every assigned name of the programs in test/golden/infer is on real NumPy: kind, dtype and shape.

Without arguments it writes recorded/infer.json; with --check it compares and ends with `N passed, N failed`.
"""

import ast
import contextlib
import io
import json
import pathlib
import sys
import warnings

import numpy as np

HERE = pathlib.Path(__file__).parent
PROGRAMS = HERE.parent / "golden" / "infer"
RECORD = HERE / "recorded" / "infer.json"


def describe(value):
    """Kind, dtype and shape of a value, as short lists."""
    if isinstance(value, np.ndarray):
        return ["array", value.dtype.name, list(value.shape)]
    if isinstance(value, np.generic):
        return ["scalar", value.dtype.name]
    for kind in (bool, int, float, str, tuple, list, dict):
        if type(value) is kind:
            return [kind.__name__] + ([len(value)] if kind in (tuple, list) else [])
    if value is None:
        return ["none"]
    return ["other", type(value).__name__]


class Recorder(ast.NodeTransformer):
    """After each statement that binds names, hands every bound name and its value to `_record`."""

    def names(self, target):
        for node in ast.walk(target):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node

    def calls(self, targets):
        made = []
        for target in targets:
            for node in self.names(target):
                call = ast.Call(
                    ast.Name("_record", ast.Load()),
                    [ast.Constant(node.lineno - 1), ast.Constant(node.col_offset), ast.Name(node.id, ast.Load())],
                    [],
                )
                made.append(ast.copy_location(ast.Expr(call), node))
        return made

    def after(self, node, targets):
        self.generic_visit(node)
        return [node, *self.calls(targets)]

    def visit_Assign(self, node):
        return self.after(node, node.targets)

    def visit_AugAssign(self, node):
        return self.after(node, [node.target])

    def visit_AnnAssign(self, node):
        return self.after(node, [node.target]) if node.value else node

    def visit_For(self, node):
        self.generic_visit(node)
        node.body = self.calls([node.target]) + node.body
        return node


def run(path):
    """Every position `line:character` with the distinct descriptions seen there, in order of first appearance."""
    seen = {}

    def record(line, character, value):
        found = describe(value)
        at = seen.setdefault(f"{line}:{character}", [])
        if found not in at and len(at) < 40:
            at.append(found)

    tree = ast.fix_missing_locations(Recorder().visit(ast.parse(path.read_text())))
    scope = {"__name__": "__main__", "_record": record}
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(tree, str(path), "exec"), scope)
    return seen


def main():
    results = {path.name: run(path) for path in sorted(PROGRAMS.glob("*.py"))}
    if "--check" not in sys.argv:
        RECORD.parent.mkdir(exist_ok=True)
        lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(seen)}" for name, seen in results.items())
        RECORD.write_text("{\n" + lines + "\n}\n")
        return 0
    recorded = json.loads(RECORD.read_text())
    failed = [name for name in {*results, *recorded} if results.get(name) != recorded.get(name)]
    for name in failed:
        print(f"differs: {name}")
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
