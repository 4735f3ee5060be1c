// The TypeScript API: its documented examples, dtypes as in NumPy, transforms, and memory.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { transformSync } from 'esbuild';
import { grad, jit, memoryInUse, np, scope, type Tensor, valueAndGrad } from '../../../runtime/index.ts';

test('the example at the door runs and gives what its comments say', () => {
  const source = readFileSync(new URL('../../../runtime/index.ts', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(source)?.[1]?.replace(/^ \* ?/gm, '') ?? '';
  let checks = 0;
  const code = example.replace(/^(.*\.tolist\(\)); \/\/ (\[.*\])$/gm, 'check($1, $2);');
  const run = new Function(
    'np',
    'grad',
    'jit',
    'scope',
    'check',
    `${transformSync(code, { loader: 'ts' }).code}\nreturn w;`,
  );
  const w = run(np, grad, jit, scope, (found: unknown, expected: unknown) => {
    checks++;
    assert.deepEqual(found, expected);
  });
  assert.equal(checks, 2);
  assert.equal(w.shape[0], 2);
});

// [call, dtype, list]: what NumPy 2 gives for the same expression.
const cases: readonly (readonly [string, () => Tensor, string, unknown])[] = [
  [
    'float64 from numbers',
    () =>
      np.array([
        [1, 2],
        [3, 4.5],
      ]),
    'float64',
    [
      [1, 2],
      [3, 4.5],
    ],
  ],
  ['int64 from bigints', () => np.array([1n, -2n]), 'int64', [1n, -2n]],
  ['bool from booleans', () => np.array([true, false]), 'bool', [true, false]],
  ['typed array', () => np.array(new Float32Array([0.5, 1.5])), 'float32', [0.5, 1.5]],
  ['empty list', () => np.array([]), 'float64', []],
  ['dtype asked for', () => np.array([1, 2], 'int32'), 'int32', [1, 2]],
  ['weak integer scalar', () => np.add(np.array([1, 2], 'int32'), 1), 'int32', [2, 3]],
  ['weak float scalar', () => np.multiply(np.array([1, 2], 'float32'), 0.5), 'float32', [0.5, 1]],
  ['float scalar and integers', () => np.add(np.array([1n]), 0.5), 'float64', [1.5]],
  ['true division', () => np.divide(np.array([1n, 2n]), 2n), 'float64', [0.5, 1]],
  ['sum of bool', () => np.sum(np.array([true, true])), 'int64', 2n],
  [
    'sum over an axis',
    () =>
      np.sum(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: -1, keepdims: true },
      ),
    'float64',
    [[3], [7]],
  ],
  ['comparison', () => np.less([1, 2], 2), 'bool', [true, false]],
  ['where', () => np.where([true, false], [1, 2], 0), 'float64', [1, 0]],
  ['clip below only', () => np.clip([1, 2, 3], 2, null), 'float64', [2, 2, 3]],
  ['clip above only', () => np.clip([1, 2, 3], null, 2), 'float64', [1, 2, 2]],
  [
    'argmax flattens',
    () =>
      np.argmax([
        [1, 9],
        [3, 4],
      ]),
    'int64',
    1n,
  ],
  [
    'cumsum along an axis',
    () =>
      np.cumsum(
        [
          [1, 2],
          [3, 4],
        ],
        0,
      ),
    'float64',
    [
      [1, 2],
      [4, 6],
    ],
  ],
  ['sort', () => np.sort([3, 1, 2]), 'float64', [1, 2, 3]],
  [
    'reshape with -1',
    () => np.reshape(np.arange(6), [3, -1]),
    'float64',
    [
      [0, 1],
      [2, 3],
      [4, 5],
    ],
  ],
  ['transpose', () => np.transpose([[1, 2, 3]]), 'float64', [[1], [2], [3]]],
  ['concatenate promotes', () => np.concatenate([np.array([1n]), [2.5]]), 'float64', [1, 2.5]],
  ['squeeze and expand_dims', () => np.squeeze(np.expand_dims([1, 2], 0)), 'float64', [1, 2]],
  [
    'matrix and vector',
    () =>
      np.matmul(
        [
          [1, 2],
          [3, 4],
        ],
        [1, 1],
      ),
    'float64',
    [3, 7],
  ],
  [
    'inverse',
    () =>
      np.inv([
        [2, 0],
        [0, 4],
      ]),
    'float64',
    [
      [0.5, 0],
      [0, 0.25],
    ],
  ],
  ['norm', () => np.norm([3, 4]), 'float64', 5],
  [
    'eye',
    () => np.eye(2),
    'float64',
    [
      [1, 0],
      [0, 1],
    ],
  ],
  ['linspace', () => np.linspace(0, 1, 5), 'float64', [0, 0.25, 0.5, 0.75, 1]],
  ['full and ones', () => np.subtract(np.full([2], 3), np.ones(2)), 'float64', [2, 2]],
];
for (const [name, call, dtype, list] of cases) {
  test(name, () => {
    const found = call();
    assert.equal(found.dtype, dtype);
    assert.deepEqual(found.tolist(), list);
  });
}

test('errors are NumPy’s', () => {
  assert.throws(() => np.add([1, 2], [1, 2, 3]), /operands could not be broadcast together with shapes \(2,\) \(3,\)/);
  assert.throws(() => np.array([[1, 2], [3]]), /inhomogeneous shape after 1 dimensions/);
  assert.throws(
    () => np.reshape([1, 2, 3], [2, -1]),
    /cannot reshape array of size 3 into shape \(2,-1\)|\(2,newaxis\)/,
  );
  assert.throws(
    () =>
      np.inv([
        [1, 1],
        [1, 1],
      ]),
    /Singular matrix/,
  );
  assert.throws(() => np.array([1, 2]).item(), /size 1/);
});

test('gradients of several arguments, of the same array twice, and of gradients', () => {
  const product = (x: Tensor, y: Tensor) => np.sum(np.multiply(x, np.square(y)));
  const t = np.array([1, 2]);
  assert.deepEqual(
    grad(product, { argnums: [0, 1] })(t, t).map(g => g.tolist()),
    [
      [1, 4],
      [2, 8],
    ],
  );
  const cube = (x: Tensor) => np.power(x, 3);
  assert.equal(grad(grad(cube))(2).item(), 12);
  assert.equal(grad(grad(grad(cube)))(2).item(), 6);
  assert.deepEqual(
    valueAndGrad(cube)(2).map(x => x.item()),
    [8, 12],
  );
  const constant = grad(() => np.sum([1, 2]))([3, 4]);
  assert.deepEqual(constant.tolist(), [0, 0]);
});

test('grad says what it cannot do', () => {
  assert.throws(() => grad((x: Tensor) => np.square(x))([1, 2]), /a float without axes, this one gave float64\[2\]/);
  assert.throws(
    () => grad((x: Tensor) => np.mean(x))(np.array([1n])),
    /needs float arguments, argument 0 is int64\[1\]/,
  );
  assert.throws(() => grad((x: Tensor) => np.array(Number(x.item())))(1), /has no values yet/);
});

test('jit records once per signature and returns what the function returns', () => {
  let calls = 0;
  const f = jit((x: Tensor) => {
    calls++;
    return { double: np.multiply(x, 2), parts: [np.sum(x), x] };
  });
  for (const values of [
    [1, 2],
    [3, 4],
  ]) {
    const { double, parts } = f(values);
    assert.deepEqual(
      double.tolist(),
      values.map(v => v * 2),
    );
    assert.deepEqual(parts[1]?.tolist(), values);
  }
  assert.equal(calls, 1);
  f([1, 2, 3]);
  assert.equal(calls, 2);
});

test('jit and grad nest, and arrays from outside are constants', () => {
  const target = np.array([1, 0]);
  const loss = (w: Tensor) => np.sum(np.square(np.subtract(w, target)));
  const step = jit((w: Tensor) => np.subtract(w, np.multiply(0.25, grad(loss)(w))));
  assert.deepEqual(step([3, 4]).tolist(), [2, 2]);
  assert.deepEqual(grad((w: Tensor) => loss(step(w)))([3, 4]).tolist(), [1, 2]);
});

test('a scope frees everything but what it returns, also when it throws', () => {
  const work = (): void => {
    const before = memoryInUse();
    const [kept] = scope(() => {
      const a = np.ones([100, 100]);
      const inner = scope(() => np.matmul(a, a));
      return [np.sum(inner)] as const;
    });
    assert.equal(kept.item(), 1e6);
    assert.ok(memoryInUse() - before <= 64, `${memoryInUse() - before} bytes are left`);
    kept.dispose();
    assert.throws(() => kept.item(), /was disposed of/);
    assert.throws(() => scope(() => np.add(np.ones(1000), np.ones(1001))), /broadcast/);
    const f = jit((x: Tensor) => np.tanh(np.add(x, 1)));
    const x = np.ones(1000);
    f(x).dispose();
    x.dispose();
    grad((x: Tensor) => np.sum(np.exp(x)))(new Float64Array(1000)).dispose();
  };
  // Compiled programs keep their arenas: what a second run leaves is lost.
  work();
  const before = memoryInUse();
  work();
  assert.equal(memoryInUse(), before);
});
