// Runs Python on the bundled runtime straight from the sources, in this process and without a build:
// `npx tsx scripts/python.ts FILE [ARGS]` or `npx tsx scripts/python.ts -c CODE [ARGS]`. For tests and quick tries.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startInProcess } from '../test/support/kernel.ts';

const [first, ...rest] = process.argv.slice(2);
if (first === undefined) {
  console.error('usage: npx tsx scripts/python.ts FILE|-c CODE [ARGS]');
  process.exit(2);
}
const inline = first === '-c';
const source = inline ? (rest[0] ?? '') : readFileSync(first, 'utf8');
const kernel = await startInProcess({
  stdout: text => process.stdout.write(text),
  stderr: text => process.stderr.write(text),
});
const result = kernel.run(source, {
  path: inline ? '<string>' : path.resolve(first),
  folder: inline ? process.cwd() : path.dirname(path.resolve(first)),
  argv: inline ? rest.slice(1) : rest,
});
process.exitCode = result.error ? 1 : 0;
