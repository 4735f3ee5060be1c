// Packs Python sources with their compiled files, so that the interpreter starts without compiling anything. Compiling is done
// by Pyodide itself; what is compiled already lies in .cache/ and is not compiled again.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';

/** Written beside and renamed: a build that runs at the same time never sees half a file. */
export function writeWhole(file, bytes) {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, bytes);
  renameSync(draft, file);
}

/** `[{ name, source: Uint8Array }]` → the compiled file of each (null where it does not compile, as some test data does). */
async function compile(files, stdLibURL) {
  const { loadPyodide } = await import('pyodide');
  const python = await loadPyodide(stdLibURL ? { stdLibURL } : {});
  const compileOne = python.runPython(`
import importlib._bootstrap_external as external
def compile_one(name, source):
    try:
        code = compile(source.to_py().tobytes(), name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    return external._code_to_hash_pyc(code, bytes(8), False)
compile_one`);
  return files.map(({ name, source }) => {
    const result = compileOne(name, source);
    if (!result) return null;
    const bytes = result.toJs();
    result.destroy();
    return bytes;
  });
}

/** Compiled files are stored plainly, since reading them must cost nothing; sources are there for tracebacks and `inspect`. */
const pack = entries => {
  const options = name => ({ level: name.endsWith('.pyc') ? 0 : 6, mtime: new Date('2000-01-01T00:00:00') });
  return zipSync(Object.fromEntries(entries.map(([name, bytes]) => [name, [bytes, options(name)]])));
};

/** The standard library of the installed Pyodide, compiled; made once per version. */
export async function standardLibrary(root) {
  const folder = path.join(root, 'node_modules/pyodide');
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const target = path.join(root, '.cache', `python_stdlib-${version}.zip`);
  if (existsSync(target)) return target;
  const stock = unzipSync(readFileSync(path.join(folder, 'python_stdlib.zip')));
  const sources = Object.entries(stock).filter(([name]) => name.endsWith('.py'));
  const compiled = await compile(sources.map(([name, source]) => ({ name: `/lib/python314.zip/${name}`, source })));
  const entries = Object.entries(stock);
  sources.forEach(([name], index) => compiled[index] && entries.push([`${name}c`, compiled[index]]));
  writeWhole(target, pack(entries));
  return target;
}

/** runtime/python as one zip. */
export async function packages(root, stdLibURL) {
  const folder = path.join(root, 'runtime/python');
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter(name => !name.includes('__pycache__') && statSync(path.join(folder, name)).isFile())
    .sort()
    .map(file => {
      const source = new Uint8Array(readFileSync(path.join(folder, file)));
      const entry = file.replaceAll('\\', '/');
      const name = `/lib/packages.zip/${entry}`;
      const key = createHash('sha256').update(name).update(source).digest('hex').slice(0, 32);
      return { entry, name, source, cached: path.join(root, '.cache/pyc', `${key}.pyc`) };
    });
  const missing = files.filter(({ entry, cached }) => entry.endsWith('.py') && !existsSync(cached));
  if (missing.length) {
    const compiled = await compile(missing, stdLibURL);
    missing.forEach(({ cached, entry }, index) => {
      if (!compiled[index]) throw new Error(`runtime/python/${entry} does not compile`);
      writeWhole(cached, compiled[index]);
    });
  }
  const entries = files.map(({ entry, source }) => [entry, source]);
  for (const { entry, cached } of files)
    if (entry.endsWith('.py')) entries.push([`${entry}c`, new Uint8Array(readFileSync(cached))]);
  return pack(entries);
}
