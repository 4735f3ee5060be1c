// `npm test`: types, lint, unit tests and the rest, one after the other; the last line is `N passed, N failed`.
// `node scripts/test.mjs unit numpy` runs the suites whose name or path contains every word given.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const words = process.argv.slice(2);

const testFiles = folder =>
  existsSync(path.join(root, folder))
    ? readdirSync(path.join(root, folder), { recursive: true })
        .map(name => path.join(folder, String(name)))
        .filter(name => name.endsWith('.test.ts') && statSync(path.join(root, name)).isFile())
        .sort()
    : [];

const bin = name => path.join('node_modules', '.bin', name);
const nodeTest = (folder, concurrency = 2) => {
  const files = testFiles(folder).filter(file => words.slice(1).every(word => file.includes(word)));
  return (
    files.length && [
      process.execPath,
      '--import',
      'tsx',
      '--test',
      `--test-concurrency=${concurrency}`,
      '--test-reporter=spec',
      ...files,
    ]
  );
};

/** Name → command; a suite without files is left out. Suites of other runners print `N passed, N failed` themselves. */
const suites = {
  types: [bin('tsc'), '--noEmit'],
  lint: [bin('eslint'), '.'],
  format: [bin('prettier'), '--check', '--log-level', 'warn', '.'],
  python: [process.execPath, 'scripts/lint-python.mjs'],
  unit: nodeTest('test/unit'),
  host: testFiles('test/host').length && [process.execPath, '--import', 'tsx', 'test/host/run.ts', ...words.slice(1)],
  webview: nodeTest('test/webview'),
  // One workbench at a time: it is a browser, a server, an editor and a kernel.
  e2e: nodeTest('test/e2e', 1),
  package: nodeTest('test/package'),
};

/** Counts of a run: node:test prints `ℹ pass N`, the others count as one check. */
function counts(text, code) {
  const number = pattern => [...text.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1]), 0);
  const plain = [...text.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1);
  if (plain) return [Number(plain[1]), Number(plain[2]) + (code !== 0 && plain[2] === '0' ? 1 : 0)];
  const passed = number(/^ℹ pass (\d+)/gm);
  const failed = number(/^ℹ (?:fail|cancelled) (\d+)/gm);
  if (passed + failed === 0) return code === 0 ? [1, 0] : [0, 1];
  return [passed, failed + (code !== 0 && failed === 0 ? 1 : 0)];
}

const run = command =>
  new Promise(resolve => {
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    });
    let text = '';
    child.stdout.on('data', chunk => {
      text += chunk;
      process.stdout.write(chunk);
    });
    child.on('close', code => resolve(counts(text, code)));
  });

let passed = 0;
let failed = 0;
const summary = [];
for (const [name, command] of Object.entries(suites)) {
  if (!command || (words[0] && words[0] !== name)) continue;
  console.log(`\n── ${name}`);
  if (name === 'e2e' && process.platform !== 'linux') {
    console.log(
      'not run: the journeys walk through the VS Code server on Linux; `host` runs the extension in desktop VS Code',
    );
    continue;
  }
  const started = performance.now();
  const [good, bad] = await run(command);
  passed += good;
  failed += bad;
  summary.push(
    `${name.padEnd(8)} ${good} passed, ${bad} failed, ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}
console.log(`\n${summary.join('\n')}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
