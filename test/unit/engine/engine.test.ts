// The eager engine on both devices: views, dtypes, overlap, special values. Expected values are NumPy's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../../../runtime/device/engine.ts';
import { createHeap } from '../../../runtime/device/heap.ts';
import type { Strided } from '../../../runtime/ir/array.ts';
import { OutOfMemory } from '../../../runtime/ir/errors.ts';
import type { Attrs } from '../../../runtime/ir/node.ts';
import type { OpName } from '../../../runtime/ir/ops.ts';
import type { DType } from '../../../src/shared/dtypes.ts';

for (const device of ['reference', 'wasm'] as const) {
  const heap = createHeap();
  const e = createEngine(heap, { device });
  const array = (values: readonly number[], dtype: DType = 'float64', shape: readonly number[] = [values.length]) =>
    dtype === 'int64'
      ? e.constant(
          values.map(v => BigInt(v)),
          dtype,
          shape,
        )
      : e.constant(values, dtype, shape);
  const list = (x: Strided) => [...e.read(x)].map(v => (typeof v === 'bigint' ? Number(v) : v));
  const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

  const cases: readonly [string, OpName, readonly Strided[], Attrs, readonly number[]][] = [
    ['x != x finds NaN', 'ne', [array([1, nan]), array([1, nan])], {}, [0, 1]],
    ['-0 keeps its sign', 'neg', [array([0, -0])], {}, [-0, 0]],
    ['round goes to even', 'round', [array([0.5, 1.5, 2.5, -0.5])], {}, [0, 2, 2, -0]],
    ['sign of NaN', 'sign', [array([-3, 0, nan])], {}, [-1, 0, nan]],
    ['uint8 wraps', 'add', [array([250, 3], 'uint8'), array([10, 1], 'uint8')], {}, [4, 4]],
    ['int32 wraps', 'mul', [array([65536, 3], 'int32'), array([65536, -5], 'int32')], {}, [0, -15]],
    [
      'floordiv floors, zero gives 0',
      'floordiv',
      [array([7, -7, 5], 'int64'), array([2, 2, 0], 'int64')],
      {},
      [3, -4, 0],
    ],
    [
      'mod has the sign of the divisor',
      'mod',
      [array([7, -7, 7], 'int32'), array([3, 3, -3], 'int32')],
      {},
      [1, 2, -2],
    ],
    ['float mod', 'mod', [array([5.5, -5.5, 1]), array([2, 2, 0])], {}, [1.5, 0.5, nan]],
    ['float floordiv', 'floordiv', [array([1, -1, 5, 0]), array([inf, inf, 0, 0])], {}, [0, -1, inf, nan]],
    ['pow of 1 and NaN', 'pow', [array([1, -1, 2]), array([nan, inf, 0.5])], {}, [1, 1, Math.SQRT2]],
    ['int pow', 'pow', [array([3, 2], 'uint8'), array([6, 9], 'uint8')], {}, [217, 0]],
    ['max passes NaN on', 'max', [array([1, nan, 3]), array([nan, 2, 1])], {}, [nan, nan, 3]],
    ['cast to int32', 'cast', [array([1.9, -1.9, nan, 3e9])], { dtype: 'int32' }, [1, -1, -(2 ** 31), -(2 ** 31)]],
    ['cast to uint8', 'cast', [array([300.7, -1.5, nan, 256])], { dtype: 'uint8' }, [44, 255, 0, 0]],
    ['cast to bool', 'cast', [array([0, -0, nan, 0.1])], { dtype: 'bool' }, [0, 0, 1, 1]],
    ['where broadcasts', 'where', [array([1, 0], 'bool'), array([7]), array([1, 2])], {}, [7, 2]],
    ['sum of nothing', 'sum', [array([], 'float64', [0, 3])], { axes: [0] }, [0, 0, 0]],
    ['sum of all', 'sum', [array([1, 2, 3, 4], 'float64', [2, 2])], { axes: [0, 1] }, [10]],
    ['max over an axis', 'reduceMax', [array([1, nan, 3, 4], 'float64', [2, 2])], { axes: [0] }, [3, nan]],
    ['any', 'reduceMax', [array([0, 1, 0, 0], 'bool', [2, 2])], { axes: [1] }, [1, 0]],
    ['argmax: NaN wins', 'argmax', [array([1, nan, 3, nan])], { axis: 0 }, [1]],
    ['argmin: the first', 'argmin', [array([3, 1, 1, 2], 'int32', [2, 2])], { axis: 0 }, [1, 0]],
    ['cumsum along 0', 'cumsum', [array([1, 2, 3, 4], 'int64', [2, 2])], { axis: 0 }, [1, 2, 4, 6]],
    ['sort puts NaN last', 'sort', [array([3, nan, -inf, 1])], { axis: 0 }, [-inf, 1, 3, nan]],
    ['argsort is stable', 'argsort', [array([2, 1, 2, 1], 'uint8')], { axis: 0 }, [1, 3, 0, 2]],
    ['pad', 'pad', [array([1, 2])], { low: [1], high: [2], value: 9 }, [9, 1, 2, 9, 9]],
    [
      'concat',
      'concat',
      [array([1, 2], 'int32', [2, 1]), array([3, 4, 5, 6], 'int32', [2, 2])],
      { axis: 1 },
      [1, 3, 4, 2, 5, 6],
    ],
    [
      'gather',
      'gather',
      [array([1, 2, 3, 4, 5, 6], 'int32', [2, 3]), array([2, 0], 'int64')],
      { axis: 1 },
      [3, 1, 6, 4],
    ],
    [
      'scatter add',
      'scatter',
      [array([1, 1, 1]), array([0, 2, 0], 'int64'), array([1, 2, 3])],
      { mode: 'add' },
      [5, 1, 3],
    ],
    ['iota', 'iota', [], { dtype: 'int64', shape: [2, 3], axis: 1 }, [0, 1, 2, 0, 1, 2]],
    ['inverse', 'inverse', [array([2, 0, 0, 4], 'float64', [2, 2])], {}, [0.5, 0, 0, 0.25]],
    ['solve', 'solve', [array([2, 1, 1, 3], 'float64', [2, 2]), array([3, 5], 'float64', [2, 1])], {}, [0.8, 1.4]],
    ['det', 'det', [array([1, 2, 3, 4], 'float32', [2, 2])], {}, [-2]],
    ['singular values', 'singularValues', [array([3, 0, 0, 0, 4, 0], 'float64', [2, 3])], {}, [4, 3]],
  ];
  for (const [name, op, inputs, attrs, expected] of cases) {
    test(`${device}: ${name}`, () => {
      const out = e.op(op, inputs, attrs);
      const got = list(out);
      assert.deepEqual(
        got.map((v, i) => (Math.abs(v - (expected[i] ?? nan)) < 1e-15 && op !== 'neg' ? expected[i] : v)),
        expected,
      );
      e.release(out);
    });
  }

  test(`${device}: a small inverse has the last bits of LAPACK's`, () => {
    const a = array([1, 2, 3, 4], 'float64', [2, 2]);
    assert.deepEqual(
      list(e.op('inverse', [a])),
      [-1.9999999999999996, 0.9999999999999998, 1.4999999999999998, -0.4999999999999999],
    );
    assert.deepEqual(
      list(e.op('inverse', [array([4, 7, 2, 6], 'float64', [2, 2])])),
      [0.6, -0.7000000000000001, -0.2, 0.4],
    );
    // Larger ones take another way; a permuted identity is its own proof.
    const n = 40;
    const turned = array(
      Array.from({ length: n * n }, (_, i) => (i % n === (Math.floor(i / n) + 7) % n ? 2 : 0)),
      'float64',
      [n, n],
    );
    const product = e.op('dot', [turned, e.op('inverse', [turned])], matmul);
    assert.deepEqual(
      list(product),
      Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)),
    );
  });

  const matmul = { lhsContract: [1], rhsContract: [0], lhsBatch: [], rhsBatch: [] };
  test(`${device}: a matrix product in every dtype`, () => {
    for (const dtype of ['uint8', 'int32', 'int64', 'float32', 'float64'] as const) {
      const a = array([1, 2, 3, 4, 5, 6], dtype, [2, 3]);
      const b = array([1, 0, 0, 1, 1, 1], dtype, [3, 2]);
      assert.deepEqual(list(e.op('dot', [a, b], matmul)), [4, 5, 10, 11]);
    }
    const a = array([1, 0, 1, 1], 'bool', [2, 2]);
    assert.deepEqual(list(e.op('dot', [a, a], matmul)), [1, 0, 1, 1]);
  });

  test(`${device}: movement ops share the storage`, () => {
    const x = array([0, 1, 2, 3, 4, 5], 'float64', [2, 3]);
    const t = e.op('permute', [x], { axes: [1, 0] });
    const reversed = e.op('slice', [t], { starts: [2, 0], sizes: [3, 2], steps: [-1, 1] });
    assert.equal(reversed.storage, x.storage);
    assert.deepEqual(list(reversed), [2, 5, 1, 4, 0, 3]);
    e.write(e.op('slice', [x], { starts: [0, 1], sizes: [2, 1], steps: [1, 1] }), array([9]));
    assert.deepEqual(list(reversed), [2, 5, 9, 9, 0, 3]);
    assert.deepEqual(list(e.op('reshape', [t], { shape: [6] })), [0, 3, 9, 9, 2, 5]);
    assert.equal(e.op('reshape', [x], { shape: [3, 2] }).storage, x.storage);
    assert.notEqual(e.op('reshape', [t], { shape: [6] }).storage, x.storage);
  });

  test(`${device}: overlapping writes read the old values`, () => {
    const x = array([0, 1, 2, 3, 4, 5]);
    const part = (start: number, n: number, step = 1) =>
      e.op('slice', [x], { starts: [start], sizes: [n], steps: [step] });
    e.write(part(1, 5), part(0, 5));
    assert.deepEqual(list(x), [0, 0, 1, 2, 3, 4]);
    e.write(x, part(5, 6, -1));
    assert.deepEqual(list(x), [4, 3, 2, 1, 0, 0]);
    e.opInto(part(0, 5), 'add', [part(0, 5), part(1, 5)]);
    assert.deepEqual(list(x), [7, 5, 3, 1, 0, 0]);
    e.opInto(x, 'add', [x, x]);
    assert.deepEqual(list(x), [14, 10, 6, 2, 0, 0]);
  });

  test(`${device}: take and put by element offsets`, () => {
    const x = array([0, 10, 20, 30], 'float32');
    const at = array([3, 0, 3], 'int64');
    assert.deepEqual(list(e.take(x, at)), [30, 0, 30]);
    e.put(x, at, array([1, 2, 3], 'float32'), 'add');
    assert.deepEqual(list(x), [2, 10, 20, 34]);
    e.put(x, at, array([1, 2, 3], 'float32'), 'set');
    assert.deepEqual(list(x), [2, 10, 20, 3]);
  });

  test(`${device}: errors name op, dtypes and shapes`, () => {
    assert.throws(() => e.op('add', [array([1, 2]), array([1, 2, 3])]), /add\(float64\[2\], float64\[3\]\)/);
    assert.throws(() => e.op('add', [array([1]), array([1], 'int32')]), /one dtype/);
    assert.throws(() => e.op('inverse', [array([1, 1, 1, 1], 'float64', [2, 2])]), /^OpError: Singular matrix$/);
    assert.throws(() => e.op('sqrt', [array([1], 'int32')]), /not defined for int32/);
  });
}

test('the heap gives memory back and says what it lacks', () => {
  const heap = createHeap(4 * 2 ** 20);
  const a = heap.alloc(100);
  heap.free(a);
  assert.equal(heap.alloc(100), a);
  assert.throws(() => heap.alloc(2 ** 23), OutOfMemory);
  assert.equal(heap.alloc(1) % 16, 0);
});
