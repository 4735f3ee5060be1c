// Runs inside the extension host: the files of tests in one mocha run, told line by line to the file that the runner reads.
import { appendFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';

/** What the runner reads, one JSON text a line. */
export type Line =
  | { readonly kind: 'suite' | 'pass' | 'skip' | 'print'; readonly text: string; readonly depth: number }
  | { readonly kind: 'fail'; readonly text: string; readonly depth: number; readonly error: string }
  | { readonly kind: 'end'; readonly passed: number; readonly failed: number };

/** What `console.log` is in the bundle of tests: the host's own console goes elsewhere. */
declare global {
  var tensorliftPrint: (...values: unknown[]) => void;
}

/** Runs the files, each given as a function that loads it. */
export async function runFiles(files: Readonly<Record<string, () => unknown>>, output: string): Promise<void> {
  const tell = (line: Line) => appendFileSync(output, `${JSON.stringify(line)}\n`);
  globalThis.tensorliftPrint = (...values) => tell({ kind: 'print', text: format(...values), depth: 0 });
  const mocha = new Mocha({ ui: 'tdd', timeout: 20_000, color: false, reporter: class {} as never });
  for (const [name, load] of Object.entries(files)) {
    mocha.suite.emit('pre-require', globalThis as never, name, mocha);
    load();
    mocha.suite.emit('require', {}, name, mocha);
    mocha.suite.emit('post-require', globalThis as never, name, mocha);
  }
  let depth = 0;
  const counts = { passed: 0, failed: 0 };
  await new Promise<void>(resolve => {
    const runner = mocha.run(() => resolve());
    runner.on('suite', suite => {
      if (!suite.root) tell({ kind: 'suite', text: suite.title, depth: depth++ });
    });
    runner.on('suite end', suite => {
      if (!suite.root) depth--;
    });
    runner.on('pass', test => {
      counts.passed++;
      tell({ kind: 'pass', text: `${test.title} (${test.duration ?? 0} ms)`, depth });
    });
    runner.on('pending', test => tell({ kind: 'skip', text: test.title, depth }));
    runner.on('fail', (test, error: Error) => {
      counts.failed++;
      tell({ kind: 'fail', text: test.title, depth, error: stackOf(error) });
    });
  });
  tell({ kind: 'end', ...counts });
  if (counts.failed) throw new Error(`${counts.failed} failed`);
}

function stackOf(error: Error): string {
  const { cause } = error;
  return (error.stack ?? String(error)) + (cause instanceof Error ? `\nbecause of ${stackOf(cause)}` : '');
}
