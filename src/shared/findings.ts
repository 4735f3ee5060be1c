// What the analysis says about a text and what it offers: the types behind `check`, `convert`, diagnostics and quick fixes.
import type { DType } from './dtypes.ts';
import type { Range, TextEdit } from './positions.ts';

export type Level = 'safe' | 'review' | 'unsafe';
export type FindingKind = 'convertible' | 'hazard' | 'session' | 'blocked' | 'tape' | 'graph';
export type Severity = 'hint' | 'info' | 'warning' | 'error';

export interface Fix {
  readonly title: string;
  readonly level: Level;
  readonly edits: readonly TextEdit[];
}

export interface Finding {
  /** Stable id, `TLnnn`, with a page in docs/rules. */
  readonly rule: string;
  readonly name: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly range: Range;
  readonly message: string;
  /** Of convertible expressions: the whole text of what it becomes. */
  readonly becomes?: string;
  /** Of what can be converted: how the result differs, a phrase each. */
  readonly notes?: readonly string[];
  readonly fixes: readonly Fix[];
}

/** A dimension: a known size, a symbol ("n"), or null where nothing is known. */
export type Dim = number | string | null;

/** A name whose dtype and shape the analysis knows: what inlay hints show. `shape: null` is an unknown rank. */
export interface InferredValue {
  readonly range: Range;
  readonly name: string;
  readonly dtype: DType | null;
  readonly shape: readonly Dim[] | null;
  /** `scalar`: a NumPy scalar. */
  readonly type: 'array' | 'tensor' | 'variable' | 'scalar';
  /** How the name gets its value: by `=`, by `+=`, as a parameter, once per round of a loop, or otherwise (`with … as`). */
  readonly role: 'assigned' | 'changed' | 'parameter' | 'round' | 'other';
}

/** Where an input comes from: the file's own run, calls in it, its docstrings, the last run in the editor, the inferred shapes. */
export type Origin = 'run' | 'call' | 'doctest' | 'last' | 'sample';
export type VerificationStatus = 'verified' | 'differs' | 'not-run' | 'failed';
export interface Verification {
  readonly status: VerificationStatus;
  readonly by: 'runtime' | 'python';
  readonly inputs: number;
  /** How many of the inputs came from where. */
  readonly origins?: Readonly<Partial<Record<Origin, number>>>;
  readonly maxAbs: number;
  readonly maxRel: number;
  readonly gradient: 'checked' | 'not-differentiable' | 'not-run';
  readonly reason?: string;
  /** Differences on edge cases that a Review note of the function names. */
  readonly named?: readonly string[];
  /** Examples in docstrings that the original itself does not fulfil. */
  readonly doctests?: readonly string[];
}

export interface Blocked {
  readonly rule: string;
  readonly range: Range;
  readonly reason: string;
}

/** One function, method or module body of a converted file. */
export interface ConversionUnit {
  readonly name: string;
  readonly kind: 'function' | 'module' | 'method';
  readonly line: number;
  readonly status: 'converted' | 'partial' | 'blocked' | 'unchanged';
  readonly level: Level;
  readonly rules: readonly string[];
  readonly blocked: readonly Blocked[];
  readonly mutates: readonly string[];
  readonly returns: readonly string[];
  readonly verification?: Verification;
}

/** What a conversion does at one place of the original. */
export interface Change {
  readonly rule: string;
  readonly level: Level;
  /** How the result differs; null for what is Safe. */
  readonly note: string | null;
  readonly range: Range;
}

export interface Conversion {
  readonly source: string;
  readonly edits: readonly TextEdit[];
  /** In the order of the text; without the borders between NumPy and TensorFlow that the edits draw. */
  readonly changes: readonly Change[];
  readonly complete: boolean;
  readonly units: readonly ConversionUnit[];
}
