// Runs in a process with SwiftShader (see swiftshader.test.ts): every kind of kernel, against the reference interpreter.
import assert from 'node:assert/strict';
import { arrayTypes, type Dense, type Values } from '../../../runtime/emit/dense.ts';
import { runReference } from '../../../runtime/emit/reference.ts';
import { openGpu, type GpuPlan } from '../../../runtime/device/webgpu.ts';
import { rowMajor, sizeOf } from '../../../runtime/ir/layout.ts';
import type { Attrs } from '../../../runtime/ir/node.ts';
import { ops, type OpDTypes, type OpName } from '../../../runtime/ir/ops.ts';
import { hostOps, type HostOp } from '../../../runtime/ir/scalar.ts';
import {
  elementwiseKernel,
  gatherKernel,
  iotaKernel,
  reductionKernel,
  scanKernel,
  strideClass,
} from '../../../runtime/schedule/eager.ts';
import type { Access, ContractKernel, LoopKernel } from '../../../runtime/schedule/kernel.ts';
import type { DType } from '../../../src/shared/dtypes.ts';
import { dawn } from '../../support/dawn.ts';
import { dense } from '../../support/reference.ts';
import { announce } from '../../support/swiftshader.ts';
import { assertDense } from '../../support/ulps.ts';

const gpu = await openGpu(dawn(), { allowFallback: true });

/** Runs one kernel: operands, then the output. */
async function runKernel(
  kernel: LoopKernel | ContractKernel,
  inputs: readonly Dense[],
  output: { readonly dtype: DType; readonly shape: readonly number[] },
  params: readonly number[] = [],
): Promise<Dense> {
  const plan: GpuPlan = {
    buffers: [...inputs, output].map(({ dtype, shape }) => ({ dtype, elements: sizeOf(shape) })),
    inputs: inputs.map((_, i) => i),
    outputs: [inputs.length],
    steps: [{ kernel, buffers: [...inputs.keys(), inputs.length], params }],
  };
  const prepared = gpu.prepare(plan);
  const [values] = await prepared.run(inputs.map(({ data }) => data as Values));
  prepared.destroy();
  return { ...output, data: values as unknown as Dense['data'] };
}

const special: Record<string, readonly number[]> = {
  bool: [0, 1],
  uint8: [0, 1, 2, 3, 7, 100, 128, 254, 255],
  int32: [0, 1, -1, 2, -3, 7, 1000, -46341, 65536, 2147483647, -2147483648],
  int64: [0, 1, -1, 5, -7, 2147483647, -2147483648],
  float32: [
    ...[NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3.7, -3.7, 1e-3],
    ...[100.25, 1e10, -1e10, 3e38, 1e-30, 88, -88, 0.99998, 1.00002, 2147483648, -2147483904],
  ],
};
/** The special values twice over, as two operands in all pairs. */
const pairs = (dtype: DType): [Dense, Dense] => {
  const values = special[dtype] ?? [];
  const n = values.length * values.length;
  const at = (f: (i: number) => number) =>
    dense(
      Array.from({ length: n }, (_, i) => values[f(i)] ?? 0),
      dtype,
      [n],
    );
  return [at(i => i % values.length), at(i => Math.floor(i / values.length))];
};
const accepts: Record<OpDTypes, readonly DType[]> = {
  any: ['bool', 'uint8', 'int32', 'float32'],
  numeric: ['uint8', 'int32', 'float32'],
  float: ['float32'],
  integer: ['uint8', 'int32'],
  bits: ['bool', 'uint8', 'int32'],
  bool: ['bool'],
};

const random = (n: number, dtype: DType): Dense => {
  let state = n;
  const values = Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const unit = state / 2 ** 32;
    return dtype === 'float32'
      ? Math.fround(unit * 4 - 2)
      : dtype === 'bool'
        ? Number(unit > 0.5)
        : Math.floor(unit * 200 - (dtype === 'uint8' ? 0 : 100));
  });
  return dense(values, dtype, [n]);
};

async function elementwise(op: OpName, inputs: readonly Dense[], attrs: Attrs, ulps: number): Promise<void> {
  const expected = runReference(op, inputs, attrs);
  const classes = [...inputs, expected].map(() => strideClass(1));
  const kernel = elementwiseKernel(
    op,
    inputs.map(({ dtype }) => dtype),
    expected.dtype,
    1,
    classes,
  );
  assertDense(await runKernel(kernel, inputs, expected, [sizeOf(expected.shape)]), expected, ulps);
}

/** Correct rounding is not asked of WGSL's division and square root; functions of the maths library keep their bound. */
const looser: Partial<Record<OpName, number>> = {
  ...{ div: 3, sqrt: 3, exp: 2, log: 2, sin: 2, cos: 2, tanh: 2, pow: 3, hypot: 2 },
};
for (const [name, spec] of Object.entries(ops)) {
  const op = name as OpName;
  if (spec.class !== 'elementwise' || op === 'cast' || op === 'where' || hostOps.includes(op as HostOp)) continue;
  for (const dtype of accepts[spec.dtypes]) {
    const operands = pairs(dtype).slice(0, Number(spec.arity));
    await announce(`${op} ${dtype}`, () => elementwise(op, operands, {}, looser[op] ?? 0));
  }
}
// Functions of the maths library over the range of their arguments: as exact as on the wasm device.
const sweeps: readonly (readonly [OpName, number, number])[] = [
  ...([
    ['exp', -87, 88],
    ['log', 1e-30, 2],
    ['log', 0.99, 1.01],
    ['sin', -1000, 1000],
    ['cos', -1000, 1000],
  ] as const),
  ...([
    ['sin', -1e9, 1e9],
    ['cos', -3e38, 3e38],
    ['tanh', -10, 10],
    ['tanh', -1e-3, 1e-3],
  ] as const),
];
for (const [op, low, high] of sweeps) {
  await announce(`${op} from ${low} to ${high}`, () => {
    const x = { ...random(20000, 'float32') };
    x.data = Float32Array.from({ length: 20000 }, (_, i) => low + (high - low) * ((Number(x.data[i]) + 2) / 4));
    return elementwise(op, [x], {}, 2);
  });
}
const powers: readonly (readonly [number, number, number, number])[] = [
  [1e-3, 10, -10, 10],
  [0.999, 1.001, -50000, 50000],
  [1e-30, 1e30, -1, 1],
  [0, 2, 0, 127],
];
for (const [low, high, least, most] of powers) {
  await announce(`pow of ${low} to ${high}, exponents ${least} to ${most}`, () => {
    const within = (from: Dense, a: number, b: number): Dense => ({
      ...from,
      data: Float32Array.from({ length: 20000 }, (_, i) => a + (b - a) * ((Number(from.data[i]) + 2) / 4)),
    });
    const y = within(random(20000, 'float32'), least, most);
    const x = within(
      { ...y, data: Float32Array.from({ length: 20000 }, (_, i) => ((i * 7919) % 20000) / 5000 - 2) },
      low,
      high,
    );
    return elementwise('pow', [x, y], {}, 3);
  });
}
const comparisons: readonly OpName[] = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'max', 'min'];
for (const op of comparisons) await announce(`${op} int64`, () => elementwise(op, pairs('int64'), {}, 0));
for (const from of accepts.any) {
  for (const to of accepts.any)
    await announce(`cast ${from} → ${to}`, () => elementwise('cast', [pairs(from)[0]], { dtype: to }, 0));
  await announce(`where ${from}`, () => {
    const [x, y] = pairs(from);
    const condition = dense(
      Array.from({ length: x.data.length }, (_, i) => i % 2),
      'bool',
      x.shape,
    );
    return elementwise('where', [condition, x, y], {}, 0);
  });
}

// Reductions of a matrix along either axis; the lengths take every plan: a thread, a workgroup, two passes.
const lengths = [1, 20, 1000, 70000];
for (const op of ['sum', 'prod', 'reduceMax', 'reduceMin', 'argmax', 'argmin'] as const) {
  for (const dtype of accepts[ops[op].dtypes]) {
    for (const n of lengths) {
      for (const sized of n === 1000 ? [true, false] : [true]) {
        for (const inner of ['space', 'reduce'] as const) {
          const rows = n > 10000 ? 2 : 5;
          const shape = inner === 'reduce' ? [rows, n] : [n, rows];
          await announce(`${op} ${dtype} [${shape}] over ${inner}${sized ? ' sizes known' : ''}`, async () => {
            const x = { ...random(rows * n, dtype), shape };
            if (op === 'prod' && dtype === 'float32')
              x.data = Float32Array.from({ length: rows * n }, (_, i) => 1 + ((i * 37) % 19) * 1e-6 - 9e-6);
            if (dtype === 'float32' && op !== 'sum' && op !== 'prod' && n > 5) x.data[n * 2 - 3] = NaN;
            const axis = inner === 'reduce' ? 1 : 0;
            const expected = runReference(op, [x], { axes: [axis], axis });
            const classes = [strideClass(1), strideClass(1)];
            const generic = reductionKernel(op, dtype, expected.dtype, { space: 1, reduce: 1, inner, classes });
            const outer = rowMajor(shape)[0] ?? 1;
            const params = [rows, n, outer];
            const kernel = sized ? specialize(generic, params) : generic;
            const result = await runKernel(kernel, [x], expected, sized ? [] : params);
            // Sums and products in another order: the bounds of both orders' rounding errors.
            const scale =
              dtype !== 'float32' ? 0 : op === 'sum' ? Math.sqrt(n) * 1e-6 : op === 'prod' ? n * 2 ** -24 : 0;
            assertDense(result, expected, 0, scale);
          });
        }
      }
    }
  }
}

/** The kernel with its params put in. */
function specialize<T>(kernel: T, params: readonly number[]): T {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (value === null || typeof value !== 'object') return value;
    const { param } = value as { param?: number };
    if (typeof param === 'number') return params[param];
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'params' ? 0 : visit(inner)]));
  };
  return visit(kernel) as T;
}

for (const op of ['cumsum', 'cumprod'] as const) {
  for (const dtype of ['int32', 'float32', 'uint8'] as const) {
    await announce(`${op} ${dtype}`, async () => {
      const x = { ...random(3 * 40, dtype), shape: [3, 40] };
      const expected = runReference(op, [x], { axis: 1 });
      const classes = [strideClass(1), strideClass(1)];
      const kernel = scanKernel(op, dtype, { space: 1, reduce: 1, inner: 'reduce', classes });
      assertDense(await runKernel(kernel, [x], expected, [3, 40, 40, 40]), expected, op === 'cumsum' ? 0 : 1);
    });
  }
}

await announce('gather with int64 indices', async () => {
  const x = { ...random(5 * 3, 'float32'), shape: [5, 3] };
  const indices = dense([4, 0, 4, 2], 'int64', [4]);
  const expected = runReference('gather', [x, indices], { axis: 0 });
  const classes = [strideClass(1), strideClass(0), strideClass(1)];
  const kernel = gatherKernel('float32', 'int64', 2, classes);
  assertDense(await runKernel(kernel, [x, indices], expected, [4, 3, 0, 1, 3, 3]), expected, 0);
});
for (const dtype of ['int32', 'int64', 'float32'] as const) {
  await announce(`iota ${dtype}`, async () => {
    const expected = runReference('iota', [], { dtype, shape: [300], axis: 0 });
    assertDense(await runKernel(iotaKernel(dtype, 1, 0, 1), [], expected, [300]), expected, 0);
  });
}

// Products: batches, sizes beside the tiles, transposed operands, and an epilogue with a bias.
const contract = (b: number, m: number, n: number, k: number, dtype: DType, transposed: boolean): ContractKernel => {
  const access = (buffer: number, strides: number[]): Access => ({ buffer, offset: 0, strides });
  return {
    kind: 'contract',
    ...{ dtype, m, n, k },
    batch: [b],
    buffers: [
      { dtype, role: 'read' },
      { dtype, role: 'read' },
      { dtype, role: 'read' },
      { dtype, role: 'write' },
    ],
    lhs: access(0, transposed ? [m * k, 1, 0, m] : [m * k, k, 0, 1]),
    rhs: access(1, transposed ? [k * n, 0, k, 1] : [k * n, 0, 1, n]),
    epilogue: {
      steps: [
        { op: 'reduced', dtype, reduction: 0 },
        { op: 'load', dtype, access: access(2, [0, 0, 1]) },
        { op: 'add', dtype, args: [0, 1] },
      ],
      stores: [{ access: access(3, [m * n, n, 1]), value: 2 }],
    },
  };
};
for (const dtype of ['float32', 'int32'] as const) {
  for (const [b, m, n, k] of [
    [1, 1, 1, 1],
    [2, 17, 5, 33],
    [1, 64, 64, 16],
    [2, 70, 65, 130],
    [3, 4, 4, 0],
  ] as const) {
    for (const transposed of [false, true]) {
      await announce(`product ${dtype} ${b}×[${m},${k}]·[${k},${n}]${transposed ? ' transposed' : ''}`, async () => {
        const shape = (rows: number, columns: number) => [b, ...(transposed ? [columns, rows] : [rows, columns])];
        const lhs = { ...random(b * m * k, dtype), shape: shape(m, k) };
        const rhs = { ...random(b * k * n + 0, dtype), shape: shape(k, n) };
        const bias = random(n, dtype);
        const axes = transposed ? [1, 2] : [2, 1];
        const attrs = {
          lhsContract: [axes[0] as number],
          rhsContract: [axes[1] as number],
          lhsBatch: [0],
          rhsBatch: [0],
        };
        const product = runReference('dot', [lhs, rhs], attrs);
        const expected = runReference('add', [product, bias], {});
        const result = await runKernel(contract(b, m, n, k, dtype, transposed), [lhs, rhs, bias], expected);
        assertDense(result, expected, 0, dtype === 'float32' ? 4e-6 * Math.sqrt(k + 1) : 0);
      });
    }
  }
}

await announce('float64 is refused, not narrowed', () => {
  const x = dense([1], 'float64', [1]);
  assert.throws(
    () =>
      gpu.prepare({
        buffers: [{ dtype: 'float64', elements: 1 }],
        inputs: [0],
        outputs: [0],
        steps: [{ kernel: elementwiseKernel('neg', ['float64'], 'float64', 1, [1, 1]), buffers: [0, 0], params: [1] }],
      }),
    /float64 does not exist on the GPU/,
  );
  assert.ok(x.data instanceof arrayTypes.float64);
});

gpu.destroy();
process.exit(0);
