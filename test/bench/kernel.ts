// `npm run bench:kernel`: how long until Python prints, cold and warm, beside a stock Pyodide in the same run.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Kernel } from '../../src/kernel/index.ts';

const rounds = 5;
const folder = mkdtempSync(path.join(tmpdir(), 'bench-kernel-'));
const file = (name: string, text: string): string => {
  const target = path.join(folder, name);
  writeFileSync(target, text);
  return target;
};
const numpy = `import numpy as np
a = np.array([[1.0, 2.0], [3.0, 4.0]])
b = np.ones((2, 2))
c = (a + b) @ a
print(c)`;
const pyodide = new URL('../../node_modules/pyodide/pyodide.mjs', import.meta.url).href;
const stock = file(
  'stock.mjs',
  `import { loadPyodide } from ${JSON.stringify(pyodide)};\n(await loadPyodide()).runPython('print("hello")');`,
);

/** Milliseconds from the start of a command to the first byte that it prints. */
function firstPrint(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let first = 0;
    child.stdout.on('data', () => (first ||= performance.now() - started));
    child.on('close', code =>
      first ? resolve(first) : reject(new Error(`${args.join(' ')} printed nothing (${code})`)),
    );
  });
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? NaN;
const row = (name: string, times: readonly number[]): void =>
  console.log(
    `${name.padEnd(52)} ${median(times).toFixed(1).padStart(8)} ms   min ${Math.min(...times).toFixed(1)} ms`,
  );

const cold: Record<string, readonly string[]> = {
  'cold start to first print': ['dist/cli.js', 'run', file('hello.py', 'print("hello")')],
  'cold start to first print of a NumPy result': ['dist/cli.js', 'run', file('arrays.py', numpy)],
  'stock Pyodide to first print': [stock],
};
const measured = new Map<string, number[]>(Object.keys(cold).map(name => [name, []]));
// One after the other in each round, so that a busy machine is the same to all.
for (let round = 0; round < rounds; round++)
  for (const [name, args] of Object.entries(cold)) measured.get(name)?.push(await firstPrint(args));
for (const [name, times] of measured) row(name, times);

const kernel = await Kernel.start({ roots: [folder], standby: true });
const base = { argv: [], folder, paths: [], namespace: 'bench', fresh: true, firstLine: 0, device: 'auto' } as const;
for (const lines of [false, true]) {
  const times: number[] = [];
  for (let i = 0; i < 30; i++) {
    const from = performance.now();
    await kernel.run({ ...base, path: path.join(folder, 'warm.py'), source: numpy, lines, trace: lines });
    times.push(performance.now() - from);
  }
  row(`warm NumPy snippet of 5 lines${lines ? ', with results and trace' : ''}`, times.slice(5));
}
const from = performance.now();
const endless = kernel.run({ ...base, path: 'loop.py', source: 'while True: pass', lines: false, trace: false });
setTimeout(() => kernel.interrupt(), 200);
await endless;
row('cancel of `while True: pass`', [performance.now() - from - 200]);
await kernel.close();
rmSync(folder, { recursive: true });
