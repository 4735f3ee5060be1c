// Ways out of the interpreter that are closed, and files: the folder of the program can be read, nothing can be changed.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Kernel } from '../../../src/kernel/index.ts';
import { run } from '../../../src/service/run.ts';

const outside = mkdtempSync(path.join(tmpdir(), 'fence-test-'));
const folder = path.join(outside, 'project');
let kernel: Kernel;

before(async () => {
  mkdirSync(path.join(folder, 'package'), { recursive: true });
  writeFileSync(path.join(outside, 'secret.txt'), 'secret');
  writeFileSync(path.join(folder, 'data.csv'), '1,2\n3,4\n');
  writeFileSync(path.join(folder, 'large.bin'), Buffer.alloc(3_000_000, 'abc'));
  writeFileSync(path.join(folder, 'beside.py'), 'value = 7\ndef fail():\n    raise OSError("beside")\n');
  writeFileSync(path.join(folder, 'package/__init__.py'), 'from .inner import answer\n');
  writeFileSync(path.join(folder, 'package/inner.py'), 'answer = 42\n');
  symlinkSync(path.join(outside, 'secret.txt'), path.join(folder, 'link.txt'));
  kernel = await Kernel.start({ roots: [folder] });
});
after(async () => {
  await kernel.close();
  rmSync(outside, { recursive: true });
});

const runHere = (source: string) => run({ source, path: path.join(folder, 'main.py'), kernel });
const printed = async (source: string): Promise<string> => {
  const { stdout, error } = await runHere(source);
  assert.equal(error, null, error?.traceback);
  return stdout;
};

describe('the fence', () => {
  const closed: Record<string, [source: string, error: RegExp]> = {
    'import js': ['import js', /ModuleNotFoundError/],
    'import pyodide_js': ['import pyodide_js', /ModuleNotFoundError/],
    'pyodide.code.run_js': ['from pyodide.code import run_js\nrun_js("1")', /ModuleNotFoundError/],
    'a shell': ['import os\nassert os.system("id") != 0\nraise OSError("closed")', /OSError/],
    'a process': ['import subprocess\nsubprocess.run(["id"])', /OSError|RuntimeError|BlockingIOError/],
    'the functions given to Python': [
      'import _tensorlift_host as h\nh.sleep.constructor("return process")()',
      /AttributeError|TypeError/,
    ],
    'the prototype of a function': ['import _tensorlift_host as h\nh.sleep.__proto__.constructor', /AttributeError/],
    'a socket': ['import socket\nsocket.create_connection(("127.0.0.1", 9))', /OSError|BlockingIOError/],
    'a URL': ['import urllib.request\nurllib.request.urlopen("http://127.0.0.1:9/")', /URLError|OSError/],
    '/etc/passwd': ['open("/etc/passwd")', /FileNotFoundError/],
    'a file beside the folder': [`open(${JSON.stringify(path.join(outside, 'secret.txt'))})`, /FileNotFoundError/],
    'a file by dots': ['open("../secret.txt")', /FileNotFoundError/],
    'a link that leads out': ['open("link.txt")', /FileNotFoundError/],
  };
  for (const [name, [source, expected]] of Object.entries(closed))
    it(`closes ${name}`, async () => {
      const { error } = await runHere(source);
      assert.match(error?.type ?? 'no error', expected, error?.traceback);
    });

  it('hides the environment of the machine', async () => {
    process.env.KERNEL_TEST_SECRET = 'x';
    assert.equal(
      await printed('import os\nprint("KERNEL_TEST_SECRET" in os.environ, os.environ["PATH"])'),
      'False /\n',
    );
  });

  it('lets no string become code through ctypes', async () => {
    const source = `
import sys
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "_Missing"]
import ctypes
ctypes.pythonapi.emscripten_run_script(b"globalThis.escaped = 1")`;
    const { status, error } = await runHere(source);
    assert.notEqual(status, 'ok', error?.message);
    assert.equal(await printed('print("alive")'), 'alive\n');
  });
});

describe('files', () => {
  it('beside the program can be read and listed', async () => {
    assert.equal(await printed('print(open("data.csv").read(), end="")'), '1,2\n3,4\n');
    assert.equal(
      await printed('import os\nprint(sorted(os.listdir(".")))'),
      "['beside.py', 'data.csv', 'large.bin', 'package']\n",
    );
    assert.equal(
      await printed('import os.path as p\nprint(p.getsize("large.bin"), p.isdir("package"), p.exists("no"))'),
      '3000000 True False\n',
    );
    assert.equal(
      await printed('b = open("large.bin", "rb").read()\nprint(len(b), b[:4], b[-4:])'),
      "3000000 b'abca' b'cabc'\n",
    );
  });

  it('can be imported', async () => {
    assert.equal(await printed('import beside, package\nprint(beside.value, package.answer)'), '7 42\n');
  });

  it('are read again by the next run', async () => {
    writeFileSync(path.join(folder, 'changing.py'), 'x = 1\n');
    assert.equal(await printed('import changing\nprint(changing.x)'), '1\n');
    writeFileSync(path.join(folder, 'changing.py'), 'x = 234\n');
    assert.equal(await printed('import changing\nprint(changing.x)'), '234\n');
    rmSync(path.join(folder, 'changing.py'));
  });

  it('stay as they are, whatever the program writes', async () => {
    const source = `
import os
with open("data.csv", "w") as f: f.write("new")
with open("made.txt", "w") as f: f.write("made")
with open("large.bin", "ab") as f: f.write(b"!")
os.remove("beside.py")
os.rename("made.txt", "moved.txt")
print(open("data.csv").read(), open("moved.txt").read(), os.path.getsize("large.bin"), os.path.exists("beside.py"))`;
    const own = await run({ source, path: path.join(folder, 'main.py') });
    assert.equal(own.stdout, 'new made 3000001 False\n', own.stderr);
    assert.equal(readFileSync(path.join(folder, 'data.csv'), 'utf8'), '1,2\n3,4\n');
    assert.ok(existsSync(path.join(folder, 'beside.py')) && !existsSync(path.join(folder, 'moved.txt')));
  });
});
