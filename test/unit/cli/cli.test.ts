// The built command as users call it: exit codes, messages, streams, wrong input.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { run } from '../../../src/service/run.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cli-test-'));
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(path.join(folder, name), content);
  return name;
};

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function tensorlift(
  args: readonly string[],
  input = '',
  more: NodeJS.ProcessEnv = {},
  started?: (kill: () => void) => void,
): Promise<Ended> {
  const { FORCE_COLOR: _force, NO_COLOR: _no, ...env } = process.env;
  const child = spawn(process.execPath, [path.resolve('dist/cli.js'), ...args], {
    cwd: folder,
    env: { ...env, ...more },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    started?.(() => child.kill('SIGINT'));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise(resolve => child.on('close', code => resolve({ code, stdout, stderr })));
}

before(() => {
  file('hello.py', 'import sys\nprint("hello", *sys.argv[1:])\n');
  file('fails.py', 'x = 1\ny = x / 0\n');
  file('hazard.py', 'import numpy as np\nx = np.array([[1.0, 2.0]])\ni = np.argmax(x)\n');
  file('empty.py', '');
  file('latin.py', Uint8Array.of(0x78, 0x20, 0x3d, 0x20, 0x27, 0xe4, 0x27));
  file('binary.py', Uint8Array.of(0x78, 0, 1));
  file('crlf.py', 'x = 1\r\nprint("a\\n", x)\r\n');
  file('bom.py', '\ufeffprint("bom")\n');
  file(
    'book.ipynb',
    JSON.stringify({
      cells: [
        { cell_type: 'markdown', source: '# x' },
        { cell_type: 'code', source: ['%matplotlib inline\n', 'x = 6'] },
        { cell_type: 'code', source: 'print(x * 7)' },
      ],
      nbformat: 4,
    }),
  );
  file('broken.ipynb', '{"cells": ');
  mkdirSync(path.join(folder, 'modules'));
  file('modules/extra.py', 'value = 5\n');
  file('uses.py', 'import extra\nprint(extra.value)\n');
  file('doctests.py', '"""\n>>> 1 + 1\n3\n"""\n');
});
after(() => rmSync(folder, { recursive: true }));

describe('run', () => {
  const cases: Record<string, [args: string[], expected: Partial<Ended>, input?: string]> = {
    'a file': [['run', 'hello.py'], { code: 0, stdout: 'hello\n', stderr: '' }],
    'arguments behind --': [['run', 'hello.py', '--', '-a', '--json'], { code: 0, stdout: 'hello -a --json\n' }],
    'standard input': [['run', '-'], { code: 0, stdout: '3\n' }, 'print(1 + 2)'],
    'input()': [['run', '-m', 'code', '-q'], { code: 0 }, 'print(40 + 2)\n'],
    'an error': [
      ['run', 'fails.py'],
      {
        code: 1,
        stderr: `Traceback (most recent call last):\n  File "${path.join(folder, 'fails.py')}", line 2, in <module>\n    y = x / 0\n        ~~^~~\nZeroDivisionError: division by zero\n`,
      },
    ],
    'an empty file': [['run', 'empty.py'], { code: 0, stdout: '', stderr: '' }],
    'carriage returns': [['run', 'crlf.py'], { code: 0, stdout: 'a\n 1\n' }],
    'a byte order mark': [['run', 'bom.py'], { code: 0, stdout: 'bom\n' }],
    'a notebook': [['run', 'book.ipynb'], { code: 0, stdout: '42\n' }],
    'a module': [['run', '-m', 'doctest', 'doctests.py'], { code: 1 }],
    'a folder of modules': [['run', 'uses.py', '--path', 'modules'], { code: 0, stdout: '5\n' }],
  };
  for (const [name, [args, expected, input]] of Object.entries(cases))
    it(name, async () => {
      const ended = await tensorlift(args, input);
      for (const key of Object.keys(expected) as (keyof Ended)[]) assert.equal(ended[key], expected[key], ended.stderr);
    });

  it('prints one JSON document', async () => {
    const { code, stdout, stderr } = await tensorlift(['run', 'fails.py', '--json']);
    const { ms, ...result } = JSON.parse(stdout);
    assert.equal(code, 1);
    assert.equal(stderr, '');
    assert.ok(ms.start > 0 && ms.run > 0);
    assert.equal(result.status, 'error');
    assert.deepEqual(result.error.range, { start: { line: 1, character: 4 }, end: { line: 1, character: 9 } });
    assert.deepEqual(
      result.lines.map((line: { name: string }) => line.name),
      ['x'],
    );
    assert.deepEqual(Object.keys(result), [
      'status',
      'stdout',
      'stderr',
      'error',
      'device',
      'lines',
      'gradients',
      'graph',
    ]);
  });

  it('stops at --timeout', async () => {
    const { code, stderr } = await tensorlift(['run', '-', '--timeout', '0.3'], 'while True: pass');
    assert.equal(code, 1);
    assert.match(stderr, /KeyboardInterrupt\nerror: The program was stopped after 0\.3 s \(--timeout\)\.\n$/);
    assert.equal(
      JSON.parse((await tensorlift(['run', '-', '--timeout', '0.3', '--json'], 'while True: pass')).stdout).status,
      'timeout',
    );
  });

  it('ends by Ctrl+C as Python does', async () => {
    const { code, stderr } = await tensorlift(['run', '-'], 'print("go", flush=True)\nwhile True: pass', {}, kill =>
      kill(),
    );
    assert.equal(code, 1);
    assert.match(stderr, /KeyboardInterrupt\n$/);
  });

  it('takes a Ctrl+C that comes while the runtime starts', async () => {
    const { status } = await run({ path: 'loop.py', source: 'while True: pass', signal: AbortSignal.timeout(1) });
    assert.equal(status, 'interrupted');
  });

  it('writes graph and profile', async () => {
    const ended = await tensorlift(['run', 'hazard.py', '--graph', 'graph.html', '--profile', 'run.cpuprofile']);
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(readFileSync(path.join(folder, 'graph.html'), 'utf8'), /^<!doctype html>/);
    assert.ok(JSON.parse(readFileSync(path.join(folder, 'run.cpuprofile'), 'utf8')).nodes.length > 1);
  });

  it('says that the runtime died, with exit code 3', async () => {
    const { code, stderr } = await tensorlift(['run', '-'], 'import os\nos.abort()');
    assert.equal(code, 3);
    assert.match(stderr, /error: The Python interpreter stopped/);
  });
});

describe('wrong use', () => {
  const cases: Record<string, [args: string[], message: RegExp]> = {
    'no command': [[], /Usage: tensorlift/],
    'an unknown command': [['rum'], /^error: Unknown command 'rum'\.\nhint: Did you mean run\?\n$/],
    'an unknown option': [
      ['run', '--jsn', 'hello.py'],
      /^error: Unknown option '--jsn'\.\nhint: Did you mean --json\?\n$/,
    ],
    'an option without its value': [
      ['run', 'hello.py', '--timeout'],
      /^error: Option '--timeout <seconds>' argument missing\.\n/,
    ],
    'a value that is none': [
      ['run', 'hello.py', '--device', 'tpu'],
      /argument 'tpu' is invalid\. Allowed choices are auto, webgpu, wasm\./,
    ],
    'no file': [['run'], /^error: A file to run is missing\./],
    'a file that does not exist': [['run', 'no.py'], /^error: no\.py does not exist\.\n$/],
    'a folder': [['run', 'modules'], /^error: modules is a folder; a Python file is expected\.\n$/],
    'a file that is not UTF-8': [['check', 'latin.py'], /^error: latin\.py is not UTF-8\.\nhint: Save it as UTF-8/],
    'a binary file': [['convert', 'binary.py'], /^error: binary\.py is not a text file\.\n$/],
    'a broken notebook': [['check', 'broken.ipynb'], /^error: The file is not a notebook: .+\.\n/],
    'a folder of --path that does not exist': [
      ['run', 'hello.py', '--path', 'nowhere'],
      /^error: The folder nowhere of --path does not exist\.\n$/,
    ],
    'a point that is not JSON': [['grad', 'hello.py', 'f', '--at', '{x: 1}'], /^error: --at is not JSON\.\n/],
    '--write and -o': [
      ['convert', 'hello.py', '--write', '-o', 'x.py'],
      /^error: --write and -o exclude each other\.\n$/,
    ],
    'an output that cannot be written': [
      ['convert', 'hello.py', '--no-verify', '-o', 'no/where.py'],
      /^error: no\/where\.py cannot be written \(ENOENT\)\.\n/,
    ],
  };
  for (const [name, [args, message]] of Object.entries(cases))
    it(name, async () => {
      const { code, stdout, stderr } = await tensorlift(args);
      assert.match(stderr, message);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.doesNotMatch(stderr, /\n {4}at /, 'a stack trace');
    });
});

describe('check', () => {
  it('prints findings with carets, and a summary', async () => {
    const { code, stdout } = await tensorlift(['check', 'hazard.py']);
    assert.equal(code, 0);
    assert.match(stdout, /\[TL204\]: .+\n --> hazard\.py:3:5\n3 \| i = np\.argmax\(x\)\n {2}\| {5}\^{12}\n/);
    assert.match(stdout, /\d+ findings in 1 file: /);
  });

  it('exits 1 at the severity asked for', async () => {
    assert.equal((await tensorlift(['check', 'hazard.py', '--fail-on', 'info'])).code, 1);
    assert.equal((await tensorlift(['check', 'hello.py', '--fail-on', 'info'])).code, 0);
  });

  it('goes through folders and passes over what it cannot read', async () => {
    const { code, stdout, stderr } = await tensorlift(['check', '.', '--json']);
    const names = JSON.parse(stdout).files.map((each: { path: string }) => each.path);
    assert.ok(
      names.includes('hazard.py') && names.includes('book.ipynb') && names.includes(path.join('modules', 'extra.py')),
      String(names),
    );
    assert.match(stderr, /warning: latin\.py is not UTF-8\./);
    assert.equal(code, 0);
  });

  it('says what each function bears, and where it breaks', async () => {
    const program = 'import numpy as np\n\ndef f(x):\n    y = x * 2.0\n    return np.sin(y)\n';
    const { files } = JSON.parse((await tensorlift(['check', '-', '--json'], program)).stdout);
    const [f, more] = files[0].functions;
    assert.equal(more, undefined);
    assert.deepEqual([f.name, f.line, f.eager], ['f', 2, { status: 'safe' }]);
    assert.deepEqual(
      [f.graph.status, f.graph.rule, f.graph.range.start],
      ['breaks', 'TL501', { line: 4, character: 11 }],
    );
    assert.deepEqual([f.tape.status, f.tape.rule], ['breaks', 'TL401']);
  });

  it('prints SARIF', async () => {
    const log = JSON.parse((await tensorlift(['check', 'hazard.py', '--format', 'sarif'])).stdout);
    assert.equal(log.version, '2.1.0');
    const result = log.runs[0].results.find((each: { ruleId: string }) => each.ruleId === 'TL204');
    assert.deepEqual(result.locations[0].physicalLocation, {
      artifactLocation: { uri: 'hazard.py' },
      region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 17 },
    });
    assert.equal(log.runs[0].tool.driver.rules[result.ruleIndex].id, 'TL204');
  });

  it('follows NO_COLOR and FORCE_COLOR', async () => {
    const escape = '\u001b[';
    assert.ok((await tensorlift(['check', 'hazard.py'], '', { FORCE_COLOR: '1' })).stdout.includes(escape));
    assert.ok(!(await tensorlift(['check', 'hazard.py'])).stdout.includes(escape));
  });
});
