// The functions of the bridge that serve tracing: names of values, and rows of the table of gradients.
import type { DType } from '../../src/shared/dtypes.ts';
import { isFloat } from '../../src/shared/dtypes.ts';
import type { GradientResult } from '../../src/shared/trace.ts';
import type { Engine, Strided } from '../ir/array.ts';
import type { OpDetails, Recorder, ValueName } from '../trace/recorder.ts';

const bins = 20;
/** Larger arrays are not looked into after every op. */
const mostMeasured = 1 << 16;

const normOf = (values: Float64Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
const valuesOf = (engine: Engine, x: Strided): Float64Array => Float64Array.from(engine.read(x), Number);

/** The fewest digits that tell a float from its neighbours, as Python and NumPy print it. */
function floatText(value: number, dtype: DType): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  let text = String(value);
  if (dtype === 'float32')
    for (let digits = 1; digits < 10; digits++) {
      text = String(Number(value.toPrecision(digits)));
      if (Math.fround(Number(text)) === value) break;
    }
  return /[.e]/.test(text) ? text : `${Object.is(value, -0) ? '-0' : text}.0`;
}

/** The value of an array without axes. */
function scalarText(engine: Engine, x: Strided): string {
  const [value = 0] = engine.read(x);
  if (x.dtype === 'bool') return value ? 'True' : 'False';
  return isFloat(x.dtype) ? floatText(Number(value), x.dtype) : String(value);
}

/** Norm and the number of non-finite elements of a float array that is not too large; the value of a scalar. */
export function measure(engine: Engine, x: Strided): Pick<OpDetails, 'norm' | 'nonFinite' | 'value'> {
  const size = x.shape.reduce((product, n) => product * n, 1);
  const value = x.shape.length === 0 ? { value: scalarText(engine, x) } : {};
  if (!isFloat(x.dtype) || size > mostMeasured) return value;
  const values = valuesOf(engine, x);
  const finite = values.filter(Number.isFinite);
  return { norm: normOf(finite), nonFinite: values.length - finite.length, ...value };
}

function histogram(values: Float64Array, min: number, max: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  const scale = max > min ? bins / (max - min) : 0;
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((value - min) * scale));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** So many entries of a gradient are named. */
const mostNamed = 5;

/** The finite entries with the largest magnitude, by their indices. */
function largest(values: Float64Array, shape: readonly number[]): NonNullable<GradientResult['largest']> {
  const found: number[] = [];
  const size = (at: number | undefined) => (at === undefined ? -1 : Math.abs(values[at] ?? 0));
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at]) || (found.length === mostNamed && size(at) <= size(found.at(-1)))) continue;
    const place = found.findIndex(other => size(other) < size(at));
    found.splice(place < 0 ? found.length : place, 0, at);
    found.length = Math.min(found.length, mostNamed);
  }
  return found.map(flat => {
    let rest = flat;
    const at = shape.map(() => 0);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis] ?? 1;
      at[axis] = rest % length;
      rest = Math.floor(rest / length);
    }
    return { at, value: values[flat] ?? 0 };
  });
}

/** What the table says of a gradient; all but `nonFinite` is about its finite elements. */
export function statistics(engine: Engine, x: Strided): Omit<GradientResult, 'line' | 'target' | 'source' | 'value'> {
  const values = valuesOf(engine, x);
  const finite = values.filter(Number.isFinite);
  const any = finite.length > 0;
  const min = any ? finite.reduce((a, b) => Math.min(a, b)) : 0;
  const max = any ? finite.reduce((a, b) => Math.max(a, b)) : 0;
  return {
    dtype: x.dtype,
    shape: [...x.shape],
    norm: normOf(finite),
    min,
    max,
    mean: any ? finite.reduce((sum, value) => sum + value, 0) / finite.length : 0,
    zeros: finite.filter(value => value === 0).length,
    nonFinite: values.length - finite.length,
    histogram: histogram(finite, min, max),
    largest: largest(values, x.shape),
  };
}

/** Functions for `tensorlift.tracing`; texts are JSON. */
export function traceFunctions(engine: Engine, array: (handle: number) => Strided, recorder: Recorder) {
  /** Whose gradient a value is; kept after the run, for as long as the value is. */
  const sources = new WeakMap<object, string>();
  return {
    trace_on: () => Number(recorder.on),
    trace_runs: () => recorder.runs(),
    trace_now: () => recorder.now(),
    trace_pause: (flag: boolean) => recorder.pause(flag),
    /** `name` is a `ValueName`. */
    trace_name(handle: number, name: string) {
      const x = array(handle);
      const value = x.shape.length === 0 ? { value: scalarText(engine, x) } : {};
      recorder.name(x, { ...(JSON.parse(name) as ValueName), ...value });
    },
    /** `target`, `source` and `value` of a row, and how it was checked. */
    trace_gradient(handle: number, row: string) {
      const told = JSON.parse(row) as Pick<GradientResult, 'target' | 'source' | 'value' | 'checkMaxRel' | 'compared'>;
      sources.set(array(handle).storage, told.source);
      recorder.gradient({ ...statistics(engine, array(handle)), ...told });
    },
    /** The source that this is the gradient of; empty where that is not known. */
    trace_source: (handle: number): string => sources.get(array(handle).storage) ?? '',
  };
}
