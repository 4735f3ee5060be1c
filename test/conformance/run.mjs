// Runs the conformance judges (documentation examples of NumPy and TensorFlow, NumPy's own tests) on the built command line, for
// the covered names, against the ratchet files beside this script: `node test/conformance/run.mjs FOLDER [--update] [SUITE…]`.
// FOLDER holds doctests.py and numpy_tests.py. The last line is `N passed, N failed`, where failed counts lost ids.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const options = process.argv.slice(2);
const update = options.includes('--update');
const [judges = process.env.CONFORMANCE_JUDGES ?? '', ...wanted] = options.filter(option => !option.startsWith('--'));
if (!existsSync(path.join(judges, 'doctests.py'))) {
  console.error(`usage: node test/conformance/run.mjs FOLDER [--update] [SUITE…]: no doctests.py in '${judges}'`);
  process.exit(2);
}

const covered = JSON.parse(readFileSync(path.join(root, 'test/covered.json'), 'utf8'));
const escaped = names => names.map(name => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
const documented = (prefix, names) => `^${prefix}\\.(${escaped(names)})(#code)?$`;
/** Files of NumPy's own tests that are about what this package covers. */
const testFiles = [
  'core/test_arrayprint.py',
  'core/test_scalarprint.py',
  'core/test_scalarinherit.py',
  'core/test_shape_base.py',
  'core/test_getlimits.py',
  'core/test_errstate.py',
  'core/test_indexing.py',
  'core/test_item_selection.py',
  'core/test_numeric.py',
  'core/test_print.py',
  'core/test_numerictypes.py',
  'random/test_randomstate.py',
  'core/test_scalarmath.py',
  'core/test_scalar_methods.py',
  'lib/test_index_tricks.py',
  'lib/test_shape_base.py',
  'lib/test_twodim_base.py',
  'random/test_random.py',
  'random/test_seed_sequence.py',
  'random/test_regression.py',
];
/** name: [script, arguments, filter, jobs] */
const suites = {
  'doctests-numpy': ['doctests.py', ['--suite', 'numpy'], documented('numpy', covered.numpy)],
  'doctests-tensorflow': ['doctests.py', ['--suite', 'tensorflow'], documented('tf', covered.tensorflow)],
  'numpy-tests': ['numpy_tests.py', [], `^(${escaped(testFiles)})::`],
};

/** Runs one judge; resolves with its exit code and its last counts. */
const run = (name, [script, more, filter]) =>
  new Promise(resolve => {
    const ratchet = path.join(here, `${name}.json`);
    const args = [path.join(judges, script), 'run', ...more, '--cmd', 'node dist/cli.js', '--filter', filter];
    args.push('--ratchet', ratchet, '--jobs', '2', ...(update ? ['--update'] : []));
    const report = process.env.CONFORMANCE_REPORT;
    if (report) args.push('--report', path.join(report, `${name}.json`));
    const python = process.env.CONFORMANCE_RUNNER ?? 'python3';
    const child = spawn(python, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', chunk => {
      text += chunk;
      process.stdout.write(chunk);
    });
    child.on('close', code => {
      const [, passed = 0, failed = 0] = /^(\d+) passed, (\d+) failed$/m.exec(text) ?? [];
      const lost = Number(/^ratchet: (\d+) listed/m.exec(text)?.[1] ?? (code === 0 ? 0 : 1));
      resolve({ name, passed: Number(passed), failed: Number(failed), lost });
    });
  });

const results = [];
for (const [name, suite] of Object.entries(suites)) {
  if (wanted.length && !wanted.includes(name)) continue;
  console.log(`\n── ${name}`);
  results.push(await run(name, suite));
}
console.log();
for (const { name, passed, failed, lost } of results) {
  console.log(`${name.padEnd(20)} ${passed} of ${passed + failed} cases of the covered names pass, ${lost} lost`);
}
const total = key => results.reduce((sum, result) => sum + result[key], 0);
console.log(`${total('passed')} passed, ${total('lost')} failed`);
process.exitCode = total('lost') ? 1 : 0;
