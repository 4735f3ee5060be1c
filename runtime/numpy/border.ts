// The border with Python as the function libraries see it: handles of arrays, scalar operands in numbered slots, a mailbox
// of integers. runtime/kernel/bridge.ts implements it; runtime/numpy and runtime/tensorflow export tables of functions over it.
import type { Engine, Strided } from '../ir/array.ts';
import type { Builder } from '../ir/node.ts';
import type { KernelRun, Span } from '../ir/span.ts';
import type { Operand } from './operand.ts';

/** An argument that was not given. */
export const absent = -99;
/** Operands below this are strong scalars of the dtype with code `strongScalar - operand`. */
export const strongScalar = -100;
/** Operands below this are Python's own scalars: bool, int, float, and ints that do not fit: of the unsigned range, or of a float's. */
export const weakScalar = -200;
/** What functions return besides handles. */
export const answers = { error: -1, scalar: -2, done: -3 } as const;

export interface Border {
  readonly engine: Engine;
  /** The array behind a handle; throws for a handle that was freed. */
  array(handle: number): Strided;
  /** Array or scalar: scalars are read from the slot with the position of the argument. */
  operand(code: number, slot: number): Operand<Strided>;
  /** As `operand`, with null for an argument that was not given. */
  optional(code: number, slot: number): Operand<Strided> | null;
  /** Integer `i` of the mailbox, as Python wrote it. */
  mail(i: number): number;
  /** `count` integers from position `from` of the mailbox. */
  mails(from: number, count: number): number[];
  setMail(i: number, value: number): void;
  /** Keeps an array for Python: announces dtype, address, shape and strides in the mailbox, returns its handle. */
  give(x: Strided): number;
  /** Writes the only element of `x` into slot 0 and its dtype into the mailbox; returns `answers.scalar`. */
  giveScalar(x: Strided): number;
  /**
   * Runs `work` over a builder that remembers every array it makes; all but the result are released.
   * The result is row-major memory of its own: views of other arrays are copied.
   */
  fresh(work: (b: Builder<Strided>) => Strided): Strided;
  /** As `fresh`, for work that returns nothing. */
  scope<R>(work: (b: Builder<Strided>) => R): R;
  /** Takes note of an op while tracing is on: operands and result as handles (scalars and answers are passed over). */
  trace(name: string, operands: readonly number[], result: number, api: string): void;
  /** While tracing is on: takes note of the ops that a graph runs. */
  graphTrace?<E extends TapeEntry>(): GraphTrace<E> | null;
  /** While tracing is on: hears of a gradient that is taken. */
  tape?(): TapeListener | null;
  /** A RuntimeWarning for Python to raise after the call: its kind for `np.errstate` and the words. */
  warn(kind: WarningKind, words: string): void;
}
/** Follows a gradient: every op that was differentiated with the cotangents of its operands, then the sources. */
export interface TapeListener {
  /** First of all, where the ops ran as the kernels of a compiled graph: the times are those of the kernels. */
  ran(run: KernelRun): void;
  heard(entry: TapeEntry, results: readonly (Strided | null)[], time: Span): void;
  finish(sources: readonly TapeSlot[], gradients: readonly (Strided | null)[]): void;
}
/** The ops of a graph go to `entries` one after the other, each when it has run; then the graph's name is told. */
export interface GraphTrace<E extends TapeEntry> {
  readonly entries: E[];
  /** `compiled` where the times are those of a compiled run, not of the entries. */
  finish(graph: string, compiled?: CompiledRun): void;
}
export interface CompiledRun extends KernelRun {
  /** The results of the run, each with the array that the entries made in its place. */
  readonly results: readonly (readonly [result: Strided, like: Strided])[];
}
export interface TapeEntry {
  readonly op: string;
  readonly inputs: readonly TapeSlot[];
  readonly outputs: readonly TapeSlot[];
}
interface TapeSlot {
  readonly value: Strided | null;
}
export type WarningKind = 'divide' | 'over' | 'invalid' | 'always';

/** A function that Python can call: numbers and strings in, a handle or an answer (or text) out. */
export type BorderFunction = (...args: (number & string)[]) => number | string;
export type BorderTable = (border: Border) => Readonly<Record<string, BorderFunction>>;
