// The engine against what real NumPy answered (test/oracle/record_engine.py): every row, on both devices, bit by bit.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createEngine } from '../../../runtime/device/engine.ts';
import { createHeap } from '../../../runtime/device/heap.ts';
import type { Attrs } from '../../../runtime/ir/node.ts';
import type { OpName } from '../../../runtime/ir/ops.ts';
import { isBig, type DType } from '../../../src/shared/dtypes.ts';

type Cells = readonly (number | string)[];
interface Elementwise {
  readonly op: OpName;
  readonly dtype: DType;
  readonly attrs?: Attrs;
  readonly inputs: readonly Cells[];
  readonly out: Cells;
}
interface Sum {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: number;
  readonly turn: readonly number[];
  readonly step: number;
  readonly axes: readonly number[];
  readonly out: Cells;
}
interface Recorded {
  readonly elementwise: readonly Elementwise[];
  readonly arrays: readonly Cells[];
  readonly sums: readonly Sum[];
}
const path = new URL('../../oracle/recorded/engine.json', import.meta.url);
const recorded = JSON.parse(readFileSync(path, 'utf8')) as Recorded;

const words: Record<string, number> = { nan: NaN, inf: Infinity, '-inf': -Infinity, '0.0': 0, '-0.0': -0 };
const number = (cell: number | string): number => (typeof cell === 'string' ? (words[cell] ?? Number(cell)) : cell);
const values = (dtype: DType, cells: Cells): number[] | bigint[] =>
  isBig(dtype) ? cells.map(cell => BigInt(cell)) : cells.map(number);

for (const device of ['reference', 'wasm'] as const) {
  const e = createEngine(createHeap(), { device });
  const array = (dtype: DType, cells: Cells, shape: readonly number[] = [cells.length]) =>
    e.constant(values(dtype, cells), dtype, shape);

  test(`${device}: ${recorded.elementwise.length} elementwise rows are NumPy's`, () => {
    for (const { op, dtype, attrs, inputs, out } of recorded.elementwise) {
      const got = e.op(
        op,
        inputs.map(cells => array(dtype, cells)),
        attrs,
      );
      const what = `${op} ${dtype} ${JSON.stringify(attrs ?? {})}`;
      const expected = values(got.dtype, out);
      // NumPy's sign of a zero maximum depends on its vector length; ours is one of the two.
      const same = op === 'max' || op === 'min' ? expected.map(v => (v === 0 ? 0 : v)) : expected;
      const list = Array.from(e.read(got) as ArrayLike<number | bigint>, v => (same !== expected && v === 0 ? 0 : v));
      assert.deepEqual(list, same, what);
    }
  });

  test(`${device}: ${recorded.sums.length} sums have NumPy's last bits`, () => {
    for (const { dtype, shape, values: at, turn, step, axes, out } of recorded.sums) {
      const turned = e.op('permute', [array(dtype, recorded.arrays[at] ?? [], shape)], { axes: turn });
      const last = turned.shape.length - 1;
      const n = turned.shape[last] ?? 1;
      const x = e.op('slice', [turned], {
        starts: turned.shape.map((_, axis) => (axis === last && step < 0 ? n - 1 : 0)),
        sizes: turned.shape.map((size, axis) => (axis === last ? Math.ceil(size / Math.abs(step)) : size)),
        steps: turned.shape.map((_, axis) => (axis === last ? step : 1)),
      });
      const what = `${dtype}[${shape}] turned ${turn} step ${step} over ${axes}`;
      assert.deepEqual([...e.read(e.op('sum', [x], { axes }))].map(Number), out.map(number), what);
    }
  });
}
