// The three programs of the article, on the bundled runtime and on the real packages.
// node .ci/seed.mjs FOLDER PYTHON
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const [folder, python] = process.argv.slice(2).map(name => path.resolve(name));
const scratch = mkdtempSync(path.join(tmpdir(), 'seed-'));
const environment = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', TF_ENABLE_ONEDNN_OPTS: '0' };
const lift = (...words) =>
  spawnSync(process.execPath, ['dist/cli.js', ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
const real = file =>
  execFileSync(python, [file], {
    encoding: 'utf8',
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
    cwd: scratch,
  });
const program = number => path.join(folder, `example${number}.py`);
const json = result => JSON.parse(result.stdout);
const converted = number => {
  const file = path.join(scratch, `example${number}.py`);
  const result = json(lift('convert', program(number), '--json'));
  writeFileSync(file, result.source);
  return { ...result, file };
};

const checks = {
  'example 1 prints what NumPy and TensorFlow print': () => equal(lift('run', program(1)).stdout, real(program(1))),
  'example 1 is lifted, and both sides agree in the runtime': () => {
    const { units, source } = converted(1);
    truthy(
      units.some(unit => unit.status === 'converted'),
      'a converted unit',
    );
    truthy(!/np\.(array|add|square)\(/.test(source), 'no NumPy call left');
    truthy(
      units.every(unit => !unit.verification || unit.verification.status === 'verified'),
      JSON.stringify(units),
    );
  },
  'example 1 lifted agrees on the real packages': () => {
    const result = lift('verify', program(1), converted(1).file, '--python', python);
    equal(result.status, 0, result.stdout + result.stderr);
  },
  'example 2: check flags both %timeit and the session, with fixes': () => {
    const found = json(lift('check', program(2), '--json')).files[0].diagnostics.filter(
      item => item.kind === 'session',
    );
    truthy(found.filter(item => /timeit/.test(item.message + item.name)).length >= 2, 'two %timeit');
    truthy(
      found.some(item => /session/i.test(item.message + item.name)),
      'the session',
    );
    truthy(
      found.filter(item => item.severity !== 'info').every(item => item.fixes.length > 0),
      'each with a fix',
    );
  },
  'example 2: run answers with SyntaxError at the line, and a hint': () => {
    const result = lift('run', program(2));
    equal(result.status, 1);
    truthy(/example2\.py", line 20/.test(result.stderr) && /SyntaxError/.test(result.stderr), result.stderr);
    truthy(/tensorlift (check|convert)/.test(result.stderr), 'a hint');
  },
  'example 2 converted runs on the runtime and prints both times': () => timesPrinted(lift('run', converted(2).file)),
  'example 2 converted runs on real TensorFlow and prints both times': () => {
    const { file, source } = converted(2);
    truthy(/tf\.function/.test(source), 'compiled with tf.function');
    timesPrinted({ status: 0, stdout: real(file), stderr: '' });
  },
  'example 3 prints y and its gradient': () =>
    equal(lift('run', program(3)).stdout, 'Value of y: 9.0\nGradient dy/dx: 6.0\n'),
  'example 3: the gradient is in --json and in the backward lane': () => {
    const { gradients, graph, status } = json(lift('run', program(3), '--json'));
    equal(status, 'ok');
    equal(
      gradients.map(item => [item.target, item.source, Number(item.value)]),
      [['y', 'x', 6]],
    );
    truthy(
      graph.nodes.some(node => node.lane === 'backward' && node.mirror !== null),
      'a mirrored backward op',
    );
    truthy(
      graph.nodes.some(node => node.kind === 'gradient'),
      'a gradient node',
    );
  },
  'example 3: the gradient agrees with finite differences': () => {
    const result = json(lift('grad', program(3), 'my_function', '--at', '{"x": 2.0}', '--check', '--json'));
    equal(Number(result.gradients[0].value), 6);
    truthy(result.check.maxRel < 1e-5, JSON.stringify(result.check));
  },
};

function equal(actual, expected, note = '') {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`got ${a}, expected ${b} ${note}`);
}
function truthy(value, what) {
  if (!value) throw new Error(`missing: ${what}`);
}
function timesPrinted({ status, stdout, stderr }) {
  equal(status, 0, stderr);
  truthy(/NumPy Multiplication Time:.*\d/.test(stdout) && /TensorFlow Multiplication Time:.*\d/.test(stdout), stdout);
}

let [passed, failed] = [0, 0];
for (const [name, check] of Object.entries(checks)) {
  try {
    check();
    passed++;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}\n        ${error.message}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
