// A fixed small budget of the fuzz programs in test/fuzz; a seed that fails can be replayed there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eagerCase } from '../../fuzz/eager.ts';
import { graphCase } from '../../fuzz/graphs.ts';

const seeds = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

test('1,500 random ops: WebAssembly agrees with the reference interpreter', () => {
  assert.deepEqual(
    seeds(1500).flatMap(seed => eagerCase(seed) ?? []),
    [],
  );
});

test('600 random graphs: the compiled program agrees with eager ops', () => {
  assert.deepEqual(
    seeds(600).flatMap(seed => graphCase(seed) ?? []),
    [],
  );
});
