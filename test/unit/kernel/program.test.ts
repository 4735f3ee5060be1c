// Running programs: results beside lines, tracebacks and their ranges, exits, modules, hints.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { startInProcess, type InProcess } from '../../support/kernel.ts';

let kernel: InProcess;
before(async () => {
  kernel = await startInProcess();
});

/** `line:character-line:character`, from 0. */
const range = (source: string): string | null => {
  const found = kernel.run(source).error?.range;
  return found ? `${found.start.line}:${found.start.character}-${found.end.line}:${found.end.character}` : null;
};

describe('errors', () => {
  const ranges: Record<string, [source: string, range: string]> = {
    'points at the expression': ['x = 1\ny = x / 0\n', '1:4-1:9'],
    'points at the innermost frame of the file': ['def f(n):\n    return n / 0\nf(1)\n', '1:11-1:16'],
    'points at the call into the library': ['import json\njson.loads("{")\n', '1:0-1:15'],
    'counts UTF-16 units before the range': ['s = "ä𝒳"; 1 / 0\n', '0:11-0:16'],
    'counts UTF-16 units inside the range': ['("𝒳" + 1)\n', '0:1-0:9'],
    'covers several lines': ['x = (1 +\n     "a")\n', '0:5-1:8'],
    'survives carriage returns': ['x = 1\r\ny = x / 0\r\n', '1:4-1:9'],
    'points at a syntax error': ['x = 1\nif x\n    y = 2\n', '1:4-1:5'],
    'points at a syntax error behind a surrogate pair': ['s = "𝒳"; x = = 1\n', '0:14-0:15'],
    'points at an error of indentation': ['if True:\nx = 1\n', '1:0-1:1'],
  };
  for (const [name, [source, expected]] of Object.entries(ranges))
    it(name, () => assert.equal(range(source), expected));

  it('prints the frames of the user, and no others', () => {
    const { stderr } = kernel.run('import json\ndef load(text):\n    return json.loads(text)\nload("{")\n');
    assert.equal(
      stderr,
      `Traceback (most recent call last):
  File "/snippet.py", line 4, in <module>
    load("{")
    ~~~~^^^^^
  File "/snippet.py", line 3, in load
    return json.loads(text)
           ~~~~~~~~~~^^^^^^
json.decoder.JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)
`,
    );
  });

  it('prints causes', () => {
    const { stderr } = kernel.run(
      'try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError("no") from e\n',
    );
    assert.match(
      stderr,
      /ZeroDivisionError: division by zero\n\nThe above exception was the direct cause[^]*ValueError: no\n$/,
    );
  });

  const hints: Record<string, [source: string, hint: RegExp]> = {
    'a magic': ['x = 1\n%timeit x + 1\n', /notebooks.*tensorlift check \/snippet\.py/],
    'a magic in an expression': ['print("a", %timeit f())\n', /tensorlift check/],
    'a missing module': ['import pandas as pd\n', /pandas is not in the bundled runtime.*--path/],
  };
  for (const [name, [source, expected]] of Object.entries(hints))
    it(`gives a hint for ${name}`, () => {
      const { error, stderr } = kernel.run(source);
      assert.match(error?.hint ?? '', expected);
      assert.ok(stderr.endsWith(`hint: ${error?.hint}\n`));
    });

  it('gives none for a plain syntax error', () => assert.equal(kernel.run('x = = 1').error?.hint, undefined));

  it('knows exits', () => {
    assert.equal(kernel.run('import sys\nsys.exit()').error, null);
    assert.equal(kernel.run('raise SystemExit(0)').error, null);
    assert.equal(kernel.run('import sys\nsys.exit(3)').error?.type, 'SystemExit');
    assert.equal(kernel.run('import sys\nsys.exit("told")').stderr, 'told\n');
  });
});

describe('surroundings', () => {
  it('are those of a script', () => {
    const source = `import sys
print(__name__, __file__, sys.argv, sys.path[0])
import __main__
print(__main__.__dict__ is globals())
print(sorted(name for name in dir() if not name.startswith("__")))`;
    const { stdout } = kernel.run(source, { path: '/home/a.py', folder: '/home', argv: ['x', '-y'] });
    assert.equal(
      stdout,
      "__main__ /home/a.py ['/home/a.py', 'x', '-y'] /home\nTrue\n['__main__', 'sys']\n".replace("'__main__', ", ''),
    );
  });

  it('keep nothing of the last run', () => {
    kernel.run('import sys\nsys.path.append("/nowhere")\nsys.argv.append("x")\nleft = 1');
    assert.equal(
      kernel.run('import sys\nprint("/nowhere" in sys.path, len(sys.argv), "left" in globals())').stdout,
      'False 1 False\n',
    );
  });

  it('run modules and what atexit asks for', () => {
    assert.equal(kernel.run('import atexit\natexit.register(print, "bye")\nprint("hi")').stdout, 'hi\nbye\n');
    assert.equal(
      kernel.run('from __future__ import annotations\nx: Nowhere = 1\nprint(__annotations__)').stdout,
      "{'x': 'Nowhere'}\n",
    );
    assert.equal(kernel.run('"""text"""\nprint(__doc__)').stdout, 'text\n');
  });
});

describe('line results', () => {
  const rows = (source: string) =>
    kernel.run(source, { lines: true }).lines.map(({ line, name, dtype, repr }) => `${line} ${name} ${dtype} ${repr}`);
  const cases: Record<string, [source: string, rows: string[]]> = {
    'assignments and expressions': ['x = 3\nx + 1\nprint("no")\n', ['0 x int 3', '1  int 4']],
    'several targets': ['a, (b, *c) = 1, (2, 3)\n', ['0 a int 1', '0 b int 2', '0 c list [3]']],
    'stores into parts': ['d = {}\nd["k"] = 1\n', ['0 d dict {}', "1 d dict {'k': 1}"]],
    'augmented assignments': ['x = 1\nx += 2\n', ['0 x int 1', '1 x int 3']],
    'loops and branches, at their line': ['for i in range(3):\n    s = i * 2\n', ['0 i int 2', '0 s int 4']],
    'neither functions, classes nor modules': ['import math\ndef f(): y = 1\nclass C: z = 1\ng = f\n', []],
    'docstrings and future imports stay first': [
      '"""d"""\nfrom __future__ import annotations\nx = __doc__\n',
      ["2 x str 'd'"],
    ],
    'what was done before an error': ['x = 1\ny = x / 0\nz = 2\n', ['0 x int 1']],
  };
  for (const [name, [source, expected]] of Object.entries(cases))
    it(name, () => assert.deepEqual(rows(source), expected));

  it('leave no names behind and do not change tracebacks', () => {
    const source = 'x = 1\ndef f():\n    return x / 0\nf()\n';
    assert.equal(kernel.run(source, { lines: true }).stderr, kernel.run(source).stderr);
    assert.equal(kernel.run('print([n for n in dir() if "tensorlift" in n])', { lines: true }).stdout, '[]\n');
  });

  it('cut long texts and survive a repr that fails', () => {
    const { lines } = kernel.run(
      'a = "x" * 10000\nclass R:\n    def __repr__(self): raise ValueError\nr = R()\nb = 1\n',
      { lines: true },
    );
    assert.deepEqual(
      lines.map(({ name }) => name),
      ['a', 'b'],
    );
    assert.equal(lines[0]?.repr.length, 4001);
  });
});
