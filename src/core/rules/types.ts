// What a rule is. A rule is data: a NumPy name, the `tf.*` forms that it may become, when each form holds, and what differs.
// The code that walks the table stands in src/core/convert; the docs in docs/rules are generated from the same rows.
import type { DType, WeakKind } from '../../shared/dtypes.ts';
import type { Dim } from '../../shared/findings.ts';

export type Constant = null | boolean | number | string | readonly Constant[];

/** An argument as a rule sees it: what the analysis proved about its value, nothing about its text. */
export interface Arg {
  readonly given: boolean;
  /** `array`: an ndarray or NumPy scalar. `number`: a Python scalar. `sequence`: a list, tuple or range. */
  readonly kind: 'array' | 'number' | 'sequence' | 'dtype' | 'callable' | 'string' | 'none' | 'slice' | 'unknown';
  /** dtype of an array, or of the array that NumPy makes of a sequence or number; null when unknown. */
  readonly dtype: DType | null;
  /** Set for Python numbers: they adapt to the array they meet. */
  readonly weak: WeakKind | null;
  readonly shape: readonly Dim[] | null;
  /** The value, where it is a literal; `undefined` where it is not. */
  readonly constant: Constant | undefined;
  /** Elements of a list or tuple that is written out or whose elements are known. */
  readonly items: readonly Arg[] | null;
  /** A name, a literal or an attribute of a name: may stand twice in a form. */
  readonly simple: boolean;
  /** Gives the same again: names, literals, attributes, subscripts, operators and calls of NumPy's functions. May stand twice too. */
  readonly pure?: boolean;
  /** An integer that is certainly not negative: a literal, a length, a size. */
  readonly natural: boolean;
  /** A sequence of Python numbers, however nested: tf.constant takes it as it is. */
  readonly plain?: boolean;
  /** A `range(stop)`. */
  readonly range?: boolean;
  /** A sequence whose elements are tensors of one dtype after the conversion. */
  readonly tensors?: boolean;
  /** A sequence that certainly has an element. */
  readonly filled?: boolean;
  /** A function of the file, or a lambda, that takes tensors after the conversion. */
  readonly lifted?: boolean;
}

/** A call, method call, operator or subscript as a rule sees it. */
export interface Call {
  arg(name: string): Arg;
  /** All positional arguments of a `*args` parameter. */
  readonly rest: readonly Arg[];
  /** dtype and shape of NumPy's result. */
  readonly dtype: DType | null;
  readonly shape: readonly Dim[] | null;
  /** The operator as written, for operator rules. */
  readonly operator: string;
  /** For subscripts: what the index is made of, and the axis of a mask or index array. */
  readonly indexing?: 'basic' | 'mask' | 'gather' | 'pairs' | 'tuple' | 'other';
  readonly axis?: number;
  /** `np.mgrid` with whole bounds or complex steps. */
  readonly grid?: boolean;
  /** What the result is used for. */
  readonly use: 'unpacked' | 'index' | 'length' | 'shape' | 'other';
}

/**
 * One target. `tf` is a template: `{a}` is the argument as a tensor, `{a:result}` cast to the dtype of the result, `{a:weak}` the same
 * but Python numbers stay as they are, `{a:both}` cast to the dtype that all arguments promote to (numbers stay), `{a:value}`
 * as Python text, `{a:list}` as a list of ints, `{a:ranges}` as a tf.range for each, `{a:items}` as a list of tensors of the result's dtype, `{dtype}` the result's
 * dtype, `{axis}` the axis of a subscript, `{call}` the NumPy call itself. A section in « » is left out when one of its arguments is not
 * given or is None.
 */
export interface Form {
  readonly when?: (call: Call) => boolean;
  readonly tf: string | ((call: Call) => string);
  /** The difference that makes this form Review, or null where it is Safe. */
  readonly review?: string | ((call: Call) => string | null);
  /** The difference that makes it Unsafe. */
  readonly unsafe?: string;
  /** What comes out is not a tensor but a Python value. */
  readonly python?: true;
}

/** How far values may be from NumPy's: the bound that tests and verification use. */
export type Bound = 'exact' | 'ulp' | 'sum' | 'linalg';
export const tolerances: Record<Bound, number> = { exact: 0, ulp: 4e-15, sum: 1e-12, linalg: 1e-9 };

export interface Rule {
  /** Stable: `TL1nn`, `TL6nn`, `TL7nn`. */
  readonly id: string;
  readonly family: string;
  /** Names below `numpy` (`sum`, `ndarray.sum`), or operators (`+`). All share the forms. */
  readonly names: readonly string[];
  /** One sentence: what changes and why it is not a plain rename. */
  readonly why: string;
  /** The Python parameters (`*` begins the keyword-only ones, `*xi` takes the rest). Empty for constants and operators. */
  readonly params: readonly string[];
  /** Parameters of the method, `self` first, where they are not those of the function. */
  readonly method?: readonly string[];
  readonly forms: readonly Form[];
  /** Arguments that a form does not take → the values that change nothing, and why any other value is refused. */
  readonly refuse?: Readonly<Record<string, { readonly except?: readonly Constant[]; readonly because: string }>>;
  readonly bound: Bound;
  /** Rows of the hazards table that say why a rename is wrong. */
  readonly hazards: readonly (number | string)[];
  /** A runnable NumPy snippet that assigns `result`. */
  readonly example: string;
  /** Names that a form needs besides `tf`. */
  readonly imports?: readonly 'math'[];
}

/** Why something stays NumPy: `TL9nn`. */
export interface Refusal {
  readonly id: string;
  readonly name: string;
  readonly why: string;
  readonly todo: string;
  /** A snippet that meets it. */
  readonly example: string;
}
