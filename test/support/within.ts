// Times in tests: judged, except on a machine that has far more to do than it has processors.
import assert from 'node:assert/strict';
import { availableParallelism, loadavg } from 'node:os';

/** Fails where something took longer than its limit; a busy machine says nothing about the product, which is told. */
export function within(ms: number, limit: number, what: string): void {
  const [load = 0] = loadavg();
  const busy = load > 2 * availableParallelism();
  if (busy && ms > limit)
    console.log(`not judged: ${what} took ${Math.round(ms)} ms under a load of ${load.toFixed(0)}`);
  else assert.ok(ms <= limit, `${what} took ${Math.round(ms)} ms`);
}
