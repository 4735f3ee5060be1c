// The shape of a hazard row: what differs between NumPy and TensorFlow, and where the analysis sees it.
import type { FindingKind, Severity } from '../../shared/findings.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue, Analysis } from '../infer/types.ts';

/** What a condition may ask about the node at hand. */
export interface Site {
  readonly analysis: Analysis;
  readonly node: SyntaxNode;
  /** Canonical name for calls and attributes, else null. */
  readonly name: string | null;
  /** The argument of a call by parameter name (or position), as in the signature of the row. */
  arg(name: string, position?: number): SyntaxNode | null;
  value(node: SyntaxNode | null): AbstractValue;
  /** The array that a call works on: its first argument, or the receiver of a method. */
  readonly subject: SyntaxNode | null;
}

/** Where a hazard holds: a node (the site itself unless another is named), and words for the message. */
export interface Hit {
  readonly at?: SyntaxNode;
  readonly words?: Readonly<Record<string, string>>;
}

export interface Hazard {
  /** Stable id, `TLnnn`. */
  readonly id: string;
  readonly name: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** One or two sentences; `{word}` stands for a word of the hit. */
  readonly message: string;
  /** Numbers of rows in the table of executed differences. */
  readonly rows: readonly (number | string)[];
  /** Both forms of a small example, each an expression or statements that assign `result`. */
  readonly numpy: string;
  readonly tensorflow: string;
  /** Canonical names of calls that are looked at; a trailing `*` matches any rest. */
  readonly calls?: readonly string[];
  /** Kinds of nodes that are looked at. */
  readonly nodes?: readonly string[];
  readonly when: (site: Site) => Hit | boolean;
}
