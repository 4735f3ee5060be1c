// Random graphs: the compiled program against the eager engine, which is itself held to the reference (eager.ts).
// `node --import tsx test/fuzz/graphs.ts [graphs] [seed]`
import { createEngine } from '../../runtime/device/engine.ts';
import { createHeap } from '../../runtime/device/heap.ts';
import { compile } from '../../runtime/device/program.ts';
import type { Strided } from '../../runtime/ir/array.ts';
import { OpError } from '../../runtime/ir/errors.ts';
import { GraphBuilder } from '../../runtime/ir/graph.ts';
import { sizeOf } from '../../runtime/ir/layout.ts';
import type { Node } from '../../runtime/ir/node.ts';
import type { OpName } from '../../runtime/ir/ops.ts';
import { isFloat, type DType } from '../../src/shared/dtypes.ts';
import { randomCall, randomShape, randomValues, type Supply } from './ops.ts';
import { random } from './random.ts';

/** One value in both worlds. `loose`: it may differ in the last bits, since sums run in another order. */
interface Pair {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly node: Node;
  readonly eager: Strided;
  readonly loose: boolean;
}

/** Small steps in their operands make these jump, or grow without bound. */
const jumpy = new Set<OpName>([
  ...([
    'floor',
    'ceil',
    'round',
    'sign',
    'floordiv',
    'mod',
    'argmax',
    'argmin',
    'sort',
    'argsort',
    'eq',
    'ne',
  ] as const),
  ...([
    'lt',
    'le',
    'gt',
    'ge',
    'cast',
    'sin',
    'cos',
    'exp',
    'log',
    'pow',
    'div',
    'sub',
    'add',
    'inverse',
    'solve',
  ] as const),
  ...(['det', 'singularValues', 'sum', 'dot', 'cumsum', 'sqrt', 'hypot'] as const),
]);
const reorders = new Set<OpName>(['sum', 'prod', 'dot']);

const heap = createHeap();
const engine = createEngine(heap);

export interface GraphDifference {
  readonly seed: number;
  readonly graph: readonly string[];
  readonly what: string;
}

/** A random graph of `length` ops; null when the program and the eager engine agree. */
export function graphCase(seed: number, length = 12): GraphDifference | null {
  const r = random(seed);
  const builder = new GraphBuilder();
  const inputs: Strided[] = [];
  const pool: Pair[] = [];
  const log: string[] = [];

  const make = (dtype: DType, shape: readonly number[]): Pair => {
    const values = randomValues(r, dtype, sizeOf(shape));
    const eager = engine.constant(values, dtype, shape);
    if (r.chance(0.3)) return { dtype, shape, eager, node: builder.constant(values, dtype, shape), loose: false };
    inputs.push(eager);
    return { dtype, shape, eager, node: builder.input(dtype, shape), loose: false };
  };
  const supply: Supply<Pair> = {
    make,
    get(dtype) {
      const fitting = pool.filter(x => x.dtype === dtype && sizeOf(x.shape) < 3000);
      return fitting.length > 0 && r.chance(0.8) ? r.pick(fitting) : make(dtype, randomShape(r));
    },
    indices(dtype, shape, n) {
      const list = Array.from({ length: sizeOf(shape) }, () => r.below(n));
      const values = dtype === 'int64' ? list.map(v => BigInt(v)) : list;
      const eager = engine.constant(values, dtype, shape);
      inputs.push(eager);
      return { dtype, shape, eager, node: builder.input(dtype, shape), loose: false };
    },
  };
  for (let k = 0; k < length; k++) {
    const call = randomCall(r, supply);
    if (!call) continue;
    const loose = call.inputs.some(x => x.loose);
    if (loose && jumpy.has(call.op)) continue;
    try {
      const eager = engine.op(
        call.op,
        call.inputs.map(x => x.eager),
        call.attrs,
      );
      const node = builder.op(
        call.op,
        call.inputs.map(x => x.node),
        call.attrs,
      );
      log.push(
        `%${node.id} = ${call.op}(${call.inputs.map(x => `%${x.node.id}`)}) ${JSON.stringify(call.attrs)} ${node.dtype}[${node.shape}]`,
      );
      pool.push({ ...eager, eager, node, loose: loose || (reorders.has(call.op) && isFloat(eager.dtype)) });
    } catch (error) {
      if (!(error instanceof OpError)) throw error; // a singular matrix: no value
    }
  }
  if (pool.length === 0) return null;
  const chosen = pool.filter((_, i) => i === pool.length - 1 || r.chance(0.3));
  const fail = (what: string): GraphDifference => ({ seed, graph: log, what });
  let got: Strided[];
  try {
    const program = compile(
      engine,
      chosen.map(x => x.node),
      builder.constants,
    );
    got = program.run(inputs);
    for (const x of got) engine.release(x);
    got = program.run(inputs);
  } catch (error) {
    return fail(error instanceof Error ? `${error.stack}` : String(error));
  }
  for (const [i, { eager, node, loose }] of chosen.entries()) {
    const [a, b] = [engine.read(got[i] as Strided), engine.read(eager)];
    let largest = 0;
    for (const v of b) if (Number.isFinite(Number(v))) largest = Math.max(largest, Math.abs(Number(v)));
    for (let k = 0; k < b.length; k++) {
      const [x, y] = [a[k] as number, b[k] as number];
      if (Object.is(x, y) || x === y) continue;
      const close = eager.dtype === 'float32' ? 1e-4 : 1e-10;
      if (loose && (Math.abs(x - y) <= close * Math.max(largest, 1e4) || !Number.isFinite(y))) continue;
      return fail(`output %${node.id} at ${k}: expected ${y}, got ${x}`);
    }
  }
  for (const x of got) engine.release(x);
  return null;
}

if (process.argv[1]?.endsWith('fuzz/graphs.ts')) {
  const [count, first] = [Number(process.argv[2] ?? 5000), Number(process.argv[3] ?? 1)];
  let failed = 0;
  for (let seed = first; seed < first + count && failed < 10; seed++) {
    const difference = graphCase(seed);
    if (difference) {
      failed++;
      console.log(difference);
    }
  }
  console.log(`${count - failed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}
