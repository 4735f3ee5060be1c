// The interpreter of `--python`: looked at before any work is done.
import { spawnSync } from 'node:child_process';
import { usage } from './failure.ts';

/** Wrong use where `python` is not a Python that can be run. */
export function interpreter(python: string): void {
  const { error, status } = spawnSync(python, ['-c', ''], { stdio: 'ignore', timeout: 20_000 });
  if (!error && status === 0) return;
  const why = error ? ((error as NodeJS.ErrnoException).code ?? error.message) : `it ends with code ${status}`;
  throw usage(`${python} of --python is not a Python interpreter that runs (${why}).`);
}
