// The shape of a row: everything that the analysis, the Python wrappers and the docs need to know of one NumPy or TensorFlow name.
import type { DType } from '../dtypes.ts';

/** The dtype of the result, from the (promoted) dtype `p` of the array arguments. */
export type DTypeRule =
  | 'promote' // p
  | 'float' // 16 bits → float32, wider integers → float64, floats stay; one byte → float16 (not covered: error)
  | 'comparison' // bool
  | 'index' // int64
  | 'accumulate' // sum, prod: integers widen to int64 or uint64, floats stay
  | 'mean' // integers and bool → float64, floats stay
  | 'argument' // the `dtype=` argument, else `fallback`
  | 'like' // the `dtype=` argument, else p
  | 'literal' // decided by the values: np.array, np.arange, np.full
  | 'own'; // an inference function of its own, under the same name in src/core/infer

/** The shape of the result. */
export type ShapeRule =
  | 'same'
  | 'broadcast'
  | 'reduce' // by axis= and keepdims=
  | 'argument' // the `shape` argument
  | 'like'
  | 'scalar'
  | 'own';

export type Gradient = 'smooth' | 'piecewise' | 'none';

/** What an argument is: it decides how the generated wrapper hands it to TypeScript. */
export type ArgKind =
  | 'array'
  | 'arrays'
  | 'scalar'
  | 'axis'
  | 'axes'
  | 'shape'
  | 'dtype'
  | 'bool'
  | 'int'
  | 'str'
  | 'out'
  | 'where'
  | 'any'
  | 'ignored';

export interface ApiRow {
  /** Dotted name below the module: `sum`, `linalg.norm`, `random.rand`, `ndarray.mean`. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** The exact Python signature, as `inspect.signature` prints it; null for constants and index objects. */
  readonly signature: string | null;
  /** One line of documentation, our own words. */
  readonly doc: string;
  readonly kind: 'function' | 'ufunc' | 'type' | 'constant' | 'indexer' | 'method' | 'property';
  /** `typescript`: the wrapper is generated from this row. `python`: written by hand in runtime/python. */
  readonly home: 'typescript' | 'python';
  readonly args?: Readonly<Record<string, ArgKind>>;
  readonly dtype: DTypeRule;
  readonly fallback?: DType;
  readonly shape: ShapeRule;
  readonly gradient: Gradient;
  readonly devices: 'both' | 'wasm';
  /** Argument → why it is refused; the wrapper raises NotImplementedError with these words when it is given. */
  readonly unsupported?: Readonly<Record<string, string>>;
}
