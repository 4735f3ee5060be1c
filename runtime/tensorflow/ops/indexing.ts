// Subscripts, gather and scatter, and the ops whose result's shape depends on values: where, unique.
import type { Typed } from '../../ir/node.ts';
import {
  apply,
  constant,
  expand,
  joint,
  sameShape,
  dtypeOf,
  number,
  permute,
  range,
  reshape,
  scalar,
  ints,
  single,
  sizeOf,
  take,
} from '../build.ts';
import { KernelError, LateKernelError, shapeText } from '../errors.ts';
import type { Json, Lib, LowerArgs, PartialShape, TfOp, Values } from '../types.ts';

const indices = 'int16, int32, int64';

/**
 * One entry of a subscript, as Python hands it over: `['i', n]`, `['s', start, stop, step]` (null where left out),
 * `['n']` for tf.newaxis, `['e']` for `...`. `{ input: k }` in place of a number is the scalar tensor `inputs[k]`.
 */
type Entry = readonly Json[];

interface Resolved {
  readonly starts: number[];
  readonly sizes: number[];
  readonly steps: number[];
  /** Shape after axes that were picked by an integer are gone and new ones are there. */
  readonly shape: number[];
}

function resolve<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): Resolved {
  const { shape } = take(inputs, 0);
  const entries = attrs.spec as readonly Entry[];
  const value = (given: Json | undefined, fallback: number): number => {
    if (given === null || given === undefined) return fallback;
    if (typeof given === 'number') return given;
    return Number(b.read(take(inputs, Number((given as { input: number }).input)))[0]);
  };
  const consumed = entries.filter(([kind]) => kind === 'i' || kind === 's').length;
  if (entries.filter(([kind]) => kind === 'e').length > 1)
    throw new KernelError('Multiple ellipses in slice spec not allowed');
  if (shape.length === 0 && consumed > 0) throw new KernelError('Attempting to slice scalar input.');
  if (consumed > shape.length)
    throw new KernelError(`Index out of range using input dim ${shape.length}; input has only ${shape.length} dims`);
  const whole = shape.length - consumed;
  const result: Resolved = { starts: [], sizes: [], steps: [], shape: [] };
  const keep = (start: number, size: number, step: number, visible: boolean): void => {
    result.starts.push(size > 0 ? start : 0);
    result.sizes.push(size);
    result.steps.push(step);
    if (visible) result.shape.push(size);
  };
  const wholeAxes = (count: number): void => {
    for (let i = 0; i < count; i++) keep(0, shape[result.starts.length] ?? 0, 1, true);
  };
  const explicit = entries.some(([kind]) => kind === 'e');
  entries.forEach(([kind, first, second, third], position) => {
    const axis = result.starts.length;
    const n = shape[axis] ?? 0;
    if (kind === 'n') result.shape.push(1);
    else if (kind === 'e') wholeAxes(whole);
    else if (kind === 'i') {
      const given = value(first, 0);
      const at = given < 0 ? given + n : given;
      if (at < 0 || at >= n) throw new KernelError(`slice index ${at} of dimension ${axis} out of bounds.`);
      keep(at, 1, 1, false);
    } else {
      const step = value(third, 1);
      if (step === 0) throw new KernelError(`strides[${position}] must be non-zero`);
      const clamp = (p: number): number =>
        Math.min(Math.max(p < 0 ? p + n : p, step > 0 ? 0 : -1), step > 0 ? n : n - 1);
      const start = first === null || first === undefined ? (step > 0 ? 0 : n - 1) : clamp(value(first, 0));
      const stop = second === null || second === undefined ? (step > 0 ? n : -1) : clamp(value(second, 0));
      keep(start, Math.max(0, Math.ceil((stop - start) / step)), step, true);
    }
  });
  if (!explicit) wholeAxes(whole);
  return result;
}

function stridedSlice<T extends Typed>(args: LowerArgs<T>): readonly T[] {
  const { starts, sizes, steps, shape } = resolve(args);
  return [reshape(args.b, args.b.op('slice', [take(args.inputs, 0)], { starts, sizes, steps }), shape)];
}

/** `x` with `value` in place of the subscript: the functional form of a sliced assignment. */
function sliceUpdate<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const [x, value] = [take(inputs, 0), take(inputs, 1)];
  const size = sizeOf(x.shape);
  const places = resolve({ b, inputs: [x, ...inputs.slice(2)], attrs });
  const steps = x.shape.map((_, i) => sizeOf(x.shape.slice(i + 1)));
  let flat = [0];
  places.sizes.forEach((count, axis) => {
    const [start = 0, step = 1] = [places.starts[axis], places.steps[axis]];
    flat = flat.flatMap(base => range(count).map(i => base + (start + i * step) * (steps[axis] ?? 1)));
  });
  if (flat.length === 0) return [x];
  const got = joint([value.shape, places.shape]);
  const whole = sizeOf(value.shape) === flat.length;
  if (!whole && (!got || !sameShape(got, places.shape)))
    throw new KernelError(
      `Cannot broadcast input shape ${shapeText(value.shape)} into final shape ${shapeText(places.shape)}`,
    );
  const updates = reshape(b, whole ? value : expand(b, value, places.shape), [flat.length]);
  return [
    reshape(b, b.op('scatter', [reshape(b, x, [size]), constant(b, flat, 'int32'), updates], { mode: 'set' }), x.shape),
  ];
}

/** Values now known to be in range, or brought into it while a graph waits for the check behind its run. */
function inRange<T extends Typed>(b: Lib<T>, places: T, n: number, complain: (values: Values) => void): T {
  if (b.check(places, complain)) return places;
  const [zero, last] = [scalar(b, 0, places.dtype), scalar(b, Math.max(0, n - 1), places.dtype)];
  return apply(b, 'min', apply(b, 'max', places, zero), last);
}

/** The position of element `i` of an array of `shape`, as `1,0`. */
function position(i: number, shape: readonly number[]): string {
  const at: number[] = [];
  for (let axis = shape.length - 1, rest = i; axis >= 0; axis--) {
    const n = shape[axis] ?? 1;
    at.unshift(rest % n);
    rest = Math.floor(rest / n);
  }
  return at.join(',');
}

function gather<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const [x, given] = [take(inputs, 0), take(inputs, 1)];
  const rank = x.shape.length;
  const rawAxis = single({ b, inputs, attrs }, 'axis', 2, () => 'axis must be scalar');
  const rawBatch = number(attrs, 'batch_dims', 0);
  const batch = rawBatch < 0 ? rawBatch + given.shape.length : rawBatch;
  if (rank === 0) throw new KernelError('params must be at least 1 dimensional');
  if (rawAxis < -rank || rawAxis >= rank)
    throw new KernelError(`Expected axis in the range [${-rank}, ${rank}), but got ${rawAxis}`);
  const axis = rawAxis < 0 ? rawAxis + rank : rawAxis;
  const n = x.shape[axis] ?? 0;
  const places = inRange(b, given, n, values => {
    for (let i = 0; i < values.length; i++)
      if (Number(values[i]) < 0 || Number(values[i]) >= n)
        throw new KernelError(
          `indices${given.shape.length ? `[${position(i, given.shape)}]` : ''} = ${values[i]} is not in [0, ${n})`,
        );
  });
  if (batch === 0) return [b.op('gather', [x, places], { axis })];
  const lead = x.shape.slice(0, batch);
  const others = range(rank).filter(i => i >= batch && i !== axis);
  const front = permute(b, x, [...range(batch), axis, ...others]);
  const rest = front.shape.slice(batch + 1);
  const table = reshape(b, front, [sizeOf(lead) * n, ...rest]);
  const offsets = constant(
    b,
    range(sizeOf(lead)).map(i => i * n),
    places.dtype,
    [...lead, ...given.shape.slice(batch).map(() => 1)],
  );
  const found = b.op('gather', [table, apply(b, 'add', places, offsets)], { axis: 0 });
  // [batch, indices, before axis, behind axis] → [batch, before axis, indices, behind axis]
  const [own, before] = [given.shape.length - batch, axis - batch];
  const moved = [
    ...range(batch),
    ...range(before).map(i => batch + own + i),
    ...range(own).map(i => batch + i),
    ...range(rest.length - before).map(i => batch + own + before + i),
  ];
  return [permute(b, found, moved)];
}

/** Rows of indices into the first axes of `shape`, as positions in those axes laid flat. */
function flatRows<T extends Typed>(b: Lib<T>, rows: T, shape: readonly number[], complain: (row: string) => string): T {
  const depth = rows.shape.at(-1) ?? 0;
  const lead = rows.shape.slice(0, -1);
  const safe = (() => {
    const checked = b.check(rows, values => {
      for (let i = 0; i < values.length; i += Math.max(1, depth)) {
        const row = range(depth).map(k => Number(values[i + k]));
        if (row.some((v, k) => v < 0 || v >= (shape[k] ?? 0)))
          throw new KernelError(
            complain(`indices${lead.length ? `[${position(i / depth, lead)}]` : ''} = [${row.join(', ')}]`),
          );
      }
    });
    if (checked) return rows;
    const limits = constant(
      b,
      shape.slice(0, depth).map(d => Math.max(0, d - 1)),
      rows.dtype,
    );
    return apply(b, 'min', apply(b, 'max', rows, scalar(b, 0, rows.dtype)), limits);
  })();
  const steps = constant(
    b,
    range(depth).map(k => sizeOf(shape.slice(k + 1, depth))),
    rows.dtype,
  );
  const weighted = apply(b, 'mul', safe, steps);
  return b.op('sum', [weighted], { axes: [rows.shape.length - 1] });
}

function scatter(mode: 'set' | 'add' | 'max' | 'min', more: Partial<TfOp> = {}): TfOp {
  return {
    args: 'tensor:T indices:Tindices updates:T',
    allowed: { Tindices: mode === 'set' ? `${indices}, uint16` : 'int32, int64' },
    lower: ({ b, inputs }) => {
      const [x, rows, updates] = [take(inputs, 0), take(inputs, 1), take(inputs, 2)];
      if (rows.shape.length < 1)
        throw new KernelError(`Indices shape must have rank at least one. Found:${shapeText(rows.shape)}`);
      if (updates.shape.length < 1)
        throw new KernelError(`Updates shape must have rank at least one. Found:${shapeText(updates.shape)}`);
      const depth = rows.shape.at(-1) ?? 0;
      const rest = x.shape.slice(depth);
      const lead = rows.shape.slice(0, -1);
      const known = sizeOf(rows.shape) > 0 && sizeOf(updates.shape) > 0;
      if (known && sizeOf(x.shape) === 0) throw new KernelError('Indices and updates specified for empty output shape');
      const own = updates.shape.slice(0, lead.length);
      if (!sameShape(own, lead))
        throw new KernelError(
          `Outer dimensions of indices and update must match. Indices shape: ${shapeText(rows.shape)}, updates shape:${shapeText(updates.shape)}`,
        );
      if (depth > x.shape.length || !sameShape(updates.shape.slice(lead.length), rest))
        throw new KernelError(
          `Inner dimensions of output shape must match inner dimensions of updates shape. Output: ${shapeText(x.shape)} updates: ${shapeText(updates.shape)}`,
        );
      const flat = flatRows(b, rows, x.shape, row => `${row} does not index into shape ${shapeText(x.shape)}`);
      const table = reshape(b, x, [sizeOf(x.shape.slice(0, depth)), ...rest]);
      const count = sizeOf(lead);
      const written = b.op('scatter', [table, reshape(b, flat, [count]), reshape(b, updates, [count, ...rest])], {
        mode,
      });
      return [reshape(b, written, x.shape)];
    },
    ...more,
  };
}

/** Positions of the true (or non-zero) elements, one row each. */
function where<T extends Typed>({ b, inputs }: LowerArgs<T>): readonly T[] {
  const x = take(inputs, 0);
  if (x.shape.length === 0) throw new LateKernelError('WhereOp : Unhandled input dimensions: 0');
  const values = b.read(x);
  const rows: bigint[] = [];
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number(values[i]) === 0) continue;
    count++;
    for (const p of position(i, x.shape).split(',')) rows.push(BigInt(p));
  }
  return [b.constant(rows, 'int64', [count, x.shape.length])];
}

/** Distinct values in order of appearance, and for each element the place of its value. */
function unique<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const x = take(inputs, 0);
  if (x.shape.length !== 1) throw new KernelError('unique expects a 1D vector.');
  const values = b.read(x);
  const seen = new Map<number | bigint, number>();
  const firsts: number[] = [];
  const places: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    // NaN equals nothing, not even itself.
    let at = Number.isNaN(value) ? undefined : seen.get(value === 0 ? 0 : value);
    if (at === undefined) {
      at = firsts.push(i) - 1;
      seen.set(value === 0 ? 0 : value, at);
    }
    places.push(at);
  }
  return [
    b.op('gather', [x, constant(b, firsts, 'int32')], { axis: 0 }),
    constant(b, places, dtypeOf(attrs, 'out_idx', 'int32')),
  ];
}

/** The rank of a subscript's result, its dimensions unknown. */
function slicedShape(shape: PartialShape, entries: readonly Entry[]): PartialShape {
  if (!shape) return null;
  const picked = entries.filter(([kind]) => kind === 'i').length;
  return new Array<null>(Math.max(0, shape.length - picked + entries.filter(([kind]) => kind === 'n').length)).fill(
    null,
  );
}

export const indexing: Readonly<Record<string, TfOp>> = {
  StridedSlice: {
    args: 'input:T indices:N*Index',
    allowed: { Index: indices },
    lower: stridedSlice,
    infer: ([x], attrs) => {
      const entries = attrs.spec as readonly Entry[];
      const plain = x?.shape && entries.length === 1 && entries[0]?.[0] === 'i';
      return [
        {
          dtype: x?.dtype ?? 'float32',
          shape: plain ? (x.shape?.slice(1) ?? null) : slicedShape(x?.shape ?? null, entries),
        },
      ];
    },
  },
  StridedSliceAssign: {
    args: 'input:T value:T indices:N*Index',
    lower: sliceUpdate,
    infer: inputs => inputs.slice(0, 1),
  },
  GatherV2: {
    args: 'params:Tparams indices:Tindices axis:Taxis',
    allowed: { Tindices: indices, Taxis: 'int32, int64' },
    lower: gather,
  },
  GatherNd: {
    args: 'params:Tparams indices:Tindices',
    allowed: { Tindices: indices },
    lower: ({ b, inputs }) => {
      const [x, rows] = [take(inputs, 0), take(inputs, 1)];
      const depth = rows.shape.at(-1) ?? 0;
      if (x.shape.length < 1) throw new KernelError('params must be at least a vector');
      if (rows.shape.length < 1) throw new KernelError('indices must be at least a vector');
      if (depth > x.shape.length)
        throw new KernelError(
          `index innermost dimension length must be <= params rank; saw: ${depth} vs. ${x.shape.length}`,
        );
      if (sizeOf(x.shape) === 0 && sizeOf(rows.shape.slice(0, -1)) > 0)
        throw new LateKernelError(
          `Requested more than 0 entries, but params is empty.  Params shape: ${shapeText(x.shape)}`,
        );
      const flat = flatRows(
        b,
        rows,
        x.shape,
        row => `${row} does not index into param shape ${shapeText(x.shape)}, node name: GatherNd`,
      );
      const table = reshape(b, x, [sizeOf(x.shape.slice(0, depth)), ...x.shape.slice(depth)]);
      return [b.op('gather', [table, flat], { axis: 0 })];
    },
  },
  TensorScatterUpdate: scatter('set'),
  TensorScatterAdd: scatter('add', { noKernel: ['bool'] }),
  TensorScatterMax: scatter('max', { noKernel: ['bool'] }),
  TensorScatterMin: scatter('min', { noKernel: ['bool'] }),
  Where: {
    args: 'input:T',
    grad: 'none',
    lower: where,
    infer: ([x]) => [{ dtype: 'int64', shape: [null, x?.shape?.length ?? null] }],
  },
  Unique: {
    args: 'x:T',
    grad: 'missing',
    lower: unique,
    infer: ([x], attrs) => [
      { dtype: x?.dtype ?? 'int32', shape: [null] },
      { dtype: dtypeOf(attrs, 'out_idx', 'int32'), shape: x?.shape ?? [null] },
    ],
  },
  OneHot: {
    args: 'indices:TI on_value:T off_value:T',
    allowed: { TI: 'uint8, int8, int32, int64' },
    grad: 'none',
    lower: ({ b, inputs, attrs }) => {
      const [x, on, off] = [take(inputs, 0), take(inputs, 1), take(inputs, 2)];
      const depth = constant(b, range(number(attrs, 'depth', 0)), x.dtype);
      const hit = apply(b, 'eq', reshape(b, x, [...x.shape, 1]), depth);
      const rank = x.shape.length;
      const given = number(attrs, 'axis', -1);
      if (given < -1 || given > rank)
        throw new KernelError(`Expected axis to be -1 or between [0, ${rank + 1}).  But received: ${given}`);
      const axis = given === -1 ? rank : given;
      const order = [...range(axis), rank, ...range(rank - axis).map(i => axis + i)];
      return [permute(b, apply(b, 'where', hit, on, off), order)];
    },
  },
  Slice: {
    args: 'input:T begin:Index size:Index',
    allowed: { Index: 'int32, int64' },
    lower: ({ b, inputs, attrs }) => {
      const x = take(inputs, 0);
      const rank = x.shape.length;
      const starts = ints(b, attrs, 'begin', inputs, 1);
      const sizes = ints(b, attrs, 'size', inputs, 2).map((n, i) =>
        n === -1 ? (x.shape[i] ?? 0) - (starts[i] ?? 0) : n,
      );
      if (starts.length !== rank || sizes.length !== rank)
        throw new KernelError(
          `Expected begin and size arguments to be 1-D tensors of size ${rank}, but got shapes [${starts.length}] and [${sizes.length}] instead.`,
        );
      x.shape.forEach((n, i) => {
        const [start = 0, size = 0] = [starts[i], sizes[i]];
        if (start < 0 || start > n) throw new KernelError(`Expected begin[${i}] in [0, ${n}], but got ${start}`);
        if (size < 0 || start + size > n)
          throw new KernelError(`Expected size[${i}] in [0, ${n - start}], but got ${size}`);
      });
      return [b.op('slice', [x], { starts, sizes, steps: starts.map(() => 1) })];
    },
  },
};
