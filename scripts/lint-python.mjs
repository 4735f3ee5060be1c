// Lints the Python sources with Ruff (its WebAssembly build, so that no Python is needed). Prints `file:line:column` per
// finding; exit code 1 when there is one. `node scripts/lint-python.mjs PATH...` looks at these files or folders only.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folders = ['runtime/python', 'test/oracle', 'examples'];

const options = {
  'line-length': 120,
  'target-version': 'py314',
  lint: {
    // Errors, pyflakes, warnings, what bugbear and the upgrade rules find.
    select: ['E', 'F', 'W', 'B', 'UP'],
    ignore: [
      'E501', // long lines: the formatter of the project decides
      'E731', // lambdas with a name read well in tables
      'E741', // `l` is a name
      'B028', // stacklevel: warnings are raised for the caller's caller on purpose
      'B904', // errors of the bridge are raised from None or not at all
      'B905', // zip of what is known to be equally long
      'B912', // map, likewise
      'UP030', // the ways of formatting a text are the author's choice
      'UP031',
      'UP032',
    ],
  },
};
/** Files whose purpose is to break a rule: notebook magics, and faces that only re-export. */
const exceptions = [
  [/[\\/]__init__\.py$/, ['F401', 'F403', 'F405', 'E402']],
  [/^examples[\\/]/, ['invalid-syntax', 'F821', 'E402']],
];

const workspace = new Workspace(options, PositionEncoding.Utf16);
const pythonFiles = place => {
  const full = path.resolve(root, place);
  if (statSync(full).isFile()) return [full];
  const names = readdirSync(full, { recursive: true }).map(String);
  return names.filter(name => name.endsWith('.py') && !name.includes('__pycache__')).map(name => path.join(full, name));
};

const places = process.argv.slice(2);
const files = (places.length ? places : folders).flatMap(pythonFiles).sort();
let count = 0;
for (const file of files) {
  const name = path.relative(root, file);
  const ignored = exceptions.flatMap(([pattern, codes]) => (pattern.test(name) ? codes : []));
  for (const { code, message, start_location: at } of workspace.check(readFileSync(file, 'utf8'))) {
    if (ignored.includes(code)) continue;
    console.log(`${name}:${at.row}:${at.column} ${code ?? 'syntax'} ${message}`);
    count++;
  }
}
console.log(count ? `${count} findings in ${files.length} Python files` : `${files.length} Python files are clean`);
process.exitCode = count ? 1 : 0;
