// What a program consists of, for running and for lenses: its functions and its top-level statements. Lines are 0-based.
import type { Range } from './positions.ts';

export interface OutlineFunction {
  readonly name: string;
  /** The `def` with its decorators and body. */
  readonly range: Range;
  readonly nameRange: Range;
  readonly parameters: readonly string[];
  /** Methods and nested functions are listed too; only functions of the module can be run and differentiated. */
  readonly kind: 'function' | 'method' | 'nested';
  /** Its last call in a top-level statement of the file, as text; null where there is none. */
  readonly call: { readonly text: string; readonly range: Range } | null;
  /** Uses NumPy or TensorFlow, so that lifting and graphs say something. */
  readonly library: 'numpy' | 'tensorflow' | 'both' | 'none';
}

export interface OutlineStatement {
  readonly range: Range;
  /** Module names that it binds or whose values it changes in place. */
  readonly defines: readonly string[];
  /** Module names that it reads, through the functions it calls included. */
  readonly needs: readonly string[];
}

export interface Outline {
  readonly functions: readonly OutlineFunction[];
  readonly statements: readonly OutlineStatement[];
  /** Imports NumPy or TensorFlow: without either there is nothing to offer. */
  readonly relevant: boolean;
}
