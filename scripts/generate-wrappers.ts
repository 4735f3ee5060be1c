// Writes runtime/python/numpy/_wrappers.py from the rows of src/shared/api/numpy: `npx tsx scripts/generate-wrappers.ts`.
// A test compares the file with what this makes, so it cannot go stale.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { families } from '../runtime/numpy/bridge.ts';
import { numpyRows } from '../src/shared/api/numpy/index.ts';
import type { ApiRow } from '../src/shared/api/types.ts';

export const wrappersFile = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../runtime/python/numpy/_wrappers.py',
);

/** The function of _calls.py that runs a row; null where there is none. */
function callOf(name: string): string | null {
  const base = name.replace(/^(ndarray|linalg)\./, '');
  if (base in families.reduction) return 'reduction';
  if (base in families.along) return 'along';
  if (base in families.filled) return 'filled';
  if (base.endsWith('_like')) return 'filled_like';
  const others = { matmul: 'matmul_ufunc', dot: 'product', norm: 'norm' };
  return { ...others, inv: 'inverse', det: 'determinant', solve: 'solution' }[base] ?? null;
}

/** Python source of a signature as `inspect` prints it. */
const pythonSignature = (text: string): string =>
  text.replaceAll('<no value>', 'NoValue').replaceAll(/<class '(float|int)'>/g, '$1');

/** Names of the parameters, without markers and defaults. */
function parameters(signature: string): string[] {
  return signature
    .slice(1, -1)
    .split(',')
    .map(part => (part.split('=')[0] ?? '').trim())
    .filter(name => name !== '' && name !== '*' && name !== '/');
}

function source(row: ApiRow): string {
  const call = callOf(row.name);
  if (!call || row.signature === null) throw new Error(`numpy.${row.name} has no implementation in runtime/numpy`);
  const base = row.name.split('.').pop() ?? row.name;
  const method = row.name.startsWith('ndarray.');
  const names = parameters(row.signature);
  const [first, ...rest] = method ? ['self', ...names] : names;
  const signature = pythonSignature(method ? `(self, ${row.signature.slice(1)}` : row.signature);
  const passed = [`'${base}'`, first, ...rest.map(name => `${aliases[name] ?? name}=${name}`)].join(', ');
  const name = method ? `ndarray_${base}` : row.name.replace('.', '_');
  return `def ${name}${signature}:\n    """${row.doc}"""\n    return ${call}(${passed})\n`;
}
/** Parameters that the families know under another name. */
const aliases: Record<string, string> = { other: 'b', x2: 'b' };

export function wrappers(): string {
  const rows = numpyRows.filter(row => row.home === 'typescript');
  const ufuncs = rows.filter(row => row.kind === 'ufunc' && row.name in families.ufunc);
  const functions = rows.filter(row => !ufuncs.includes(row));
  const calls = [...new Set(functions.map(row => callOf(row.name)))].sort();
  const quoted = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;
  return [
    '"""Made by scripts/generate-wrappers.ts from src/shared/api/numpy: change the rows, not this file."""',
    '',
    '# fmt: off',
    '# ruff: noqa: A001, A002, E501',
    `from ._calls import NoValue, ${calls.join(', ')}, ufunc`,
    '',
    '#: What a user finds in the package itself; the rest belongs to its classes and its parts.',
    `__all__ = [${rows
      .filter(row => !row.name.includes('.'))
      .map(row => quoted(row.name))
      .join(', ')}]`,
    '',
    ...ufuncs.map(row => {
      const shown = row.aliases?.[0] === 'absolute' ? 'absolute' : row.name;
      const key = shown === row.name ? '' : `, ${quoted(row.name)}`;
      return `${row.name} = ufunc(${quoted(shown)}, ${quoted(row.signature ?? '')}, ${quoted(row.doc)}${key})`;
    }),
    ...functions.flatMap(row => ['', '', source(row).trimEnd()]),
    '',
    '',
    '#: Further names of the functions above.',
    `ALIASES = {${rows.flatMap(row => (row.aliases ?? []).map(alias => `'${alias}': '${row.name}'`)).join(', ')}}`,
    '#: Methods of ndarray.',
    `METHODS = {${functions
      .filter(row => row.name.startsWith('ndarray.'))
      .map(row => `'${row.name.slice(8)}': ${row.name.replace('.', '_')}`)
      .join(', ')}}`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = wrappers();
  if (readFileSync(wrappersFile, { encoding: 'utf8', flag: 'a+' }) !== text) writeFileSync(wrappersFile, text);
}
