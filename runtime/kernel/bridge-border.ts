// The border with Python in the kernel: a table of handles and a mailbox in the heap, which both sides read and write.
import { dtypeOfCode, dtypes, isBig } from '../../src/shared/dtypes.ts';
import type { Engine, Strided } from '../ir/array.ts';
import { since } from '../ir/span.ts';
import type { Span } from '../ir/span.ts';
import { absent, answers, strongScalar, weakScalar } from '../numpy/border.ts';
import type { Border, CompiledRun, GraphTrace, TapeEntry, WarningKind } from '../numpy/border.ts';
import { kernelTimes } from '../trace/kernels.ts';
import type { Recorder } from '../trace/recorder.ts';
import { listen } from '../trace/tape.ts';
import type { TapeListener } from '../trace/tape.ts';
import { Scope } from './bridge-scope.ts';
import { measure } from './bridge-trace.ts';

/** Integers in the mailbox; the last one is not 0 when warnings wait. */
const mailInts = 256;
const warningFlag = mailInts - 1;
/** Scalar slots of 8 bytes after the integers. */
const slots = 16;

/** Arrays that Python holds, by small integers. */
export class Handles {
  readonly #arrays: (Strided | undefined)[] = [];
  readonly #unused: number[] = [];

  add(x: Strided): number {
    const handle = this.#unused.pop() ?? this.#arrays.length;
    this.#arrays[handle] = x;
    return handle;
  }
  get(handle: number): Strided {
    const x = this.#arrays[handle];
    if (!x) throw new RangeError(`array handle ${handle} is not in use`);
    return x;
  }
  remove(handle: number): Strided {
    const x = this.get(handle);
    this.#arrays[handle] = undefined;
    this.#unused.push(handle);
    return x;
  }
  get count(): number {
    return this.#arrays.length - this.#unused.length;
  }
}

/** Notes when each entry ran: since the one before. */
class TimedEntries<E> extends Array<E> {
  readonly spans: Span[] = [];
  #last = performance.now();

  override push(...entries: E[]): number {
    this.spans.push(since(this.#last));
    this.#last = performance.now();
    return super.push(...entries);
  }
}

/** An integer that Python could only send as a float: it lies outside of 64 bits, also where the float was rounded into them. */
const beyond = (value: number): number | bigint =>
  Number.isFinite(value) ? BigInt(value) - (value === -(2 ** 63) ? 1n : 0n) : value;

export class KernelBorder implements Border {
  readonly engine: Engine;
  readonly handles = new Handles();
  readonly mailbox: number;
  readonly #warnings = new Map<string, WarningKind>();
  #buffer: ArrayBufferLike | undefined;
  #ints = new Int32Array();
  #floats = new Float64Array();
  #longs = new BigInt64Array();

  readonly #recorder: Recorder | undefined;

  constructor(engine: Engine, recorder?: Recorder) {
    this.engine = engine;
    this.#recorder = recorder;
    this.mailbox = engine.heap.alloc(mailInts * 4 + slots * 8);
    this.#views();
    this.#ints.fill(0);
  }

  /** Views of the mailbox; the memory may have grown since the last call. */
  #views(): void {
    const { buffer } = this.engine.heap.memory;
    if (buffer === this.#buffer) return;
    this.#buffer = buffer;
    this.#ints = new Int32Array(buffer, this.mailbox, mailInts);
    this.#floats = new Float64Array(buffer, this.mailbox + mailInts * 4, slots);
    this.#longs = new BigInt64Array(buffer, this.mailbox + mailInts * 4, slots);
  }

  array(handle: number): Strided {
    return this.handles.get(handle);
  }

  operand(code: number, slot: number) {
    if (code >= 0) return this.handles.get(code);
    this.#views();
    if (code <= weakScalar) {
      const kind = weakScalar - code;
      if (kind === 0) return { weak: 'bool', dtype: 'bool', value: Number(this.#longs[slot]) } as const;
      if (kind === 2) return { weak: 'float', dtype: 'float64', value: this.#floats[slot] ?? 0 } as const;
      if (kind === 1) return { weak: 'int', dtype: 'int64', value: this.#longs[slot] ?? 0n } as const;
      if (kind === 3)
        return { weak: 'int', dtype: 'uint64', value: BigInt.asUintN(64, this.#longs[slot] ?? 0n) } as const;
      return { weak: 'int', dtype: 'int64', value: beyond(this.#floats[slot] ?? 0) } as const;
    }
    if (code > strongScalar) throw new RangeError(`${code} is no operand`);
    const dtype = dtypeOfCode(strongScalar - code);
    if (dtypes[dtype].kind === 'f') return { weak: null, dtype, value: this.#floats[slot] ?? 0 };
    const value = this.#longs[slot] ?? 0n;
    if (dtype === 'uint64') return { weak: null, dtype, value: BigInt.asUintN(64, value) };
    return { weak: null, dtype, value: isBig(dtype) ? value : Number(value) };
  }

  optional(code: number, slot: number) {
    return code === absent ? null : this.operand(code, slot);
  }

  mail(i: number): number {
    this.#views();
    return this.#ints[i] ?? 0;
  }

  mails(from: number, count: number): number[] {
    this.#views();
    return Array.from(this.#ints.subarray(from, from + count));
  }

  setMail(i: number, value: number): void {
    this.#views();
    this.#ints[i] = value;
  }

  /** dtype, rank, index of the first element in the heap, shape, strides. */
  announce(x: Strided): void {
    this.#views();
    const ints = this.#ints;
    const rank = x.shape.length;
    const { bytes, code } = dtypes[x.dtype];
    ints[0] = code;
    ints[1] = rank;
    ints[2] = x.storage.ptr / bytes + x.offset;
    for (let i = 0; i < rank; i++) {
      ints[3 + i] = x.shape[i] ?? 0;
      ints[3 + rank + i] = x.strides[i] ?? 0;
    }
  }

  give(x: Strided): number {
    const handle = this.handles.add(x);
    this.announce(x);
    return handle;
  }

  giveScalar(x: Strided): number {
    const [value] = this.engine.read(x);
    this.#views();
    this.#ints[0] = dtypes[x.dtype].code;
    if (typeof value === 'bigint') this.#longs[0] = value;
    else if (dtypes[x.dtype].kind === 'f') this.#floats[0] = value ?? 0;
    else this.#longs[0] = BigInt(value ?? 0);
    this.engine.release(x);
    return answers.scalar;
  }

  fresh(work: Parameters<Border['fresh']>[0]): Strided {
    const scope = new Scope(this.engine);
    try {
      return scope.finish(work(scope));
    } finally {
      scope.close();
    }
  }

  scope<R>(work: (b: Scope) => R): R {
    const scope = new Scope(this.engine);
    try {
      return work(scope);
    } finally {
      scope.close();
    }
  }

  trace(name: string, operands: readonly number[], result: number, api: string): void {
    const recorder = this.#recorder;
    if (!recorder?.on || result < 0) return;
    const time = recorder.took();
    const made = this.array(result);
    const inputs = operands.filter(code => code >= 0).map(code => this.array(code));
    recorder.op(name, inputs, made, { api, ...time, ...measure(this.engine, made) });
  }

  /** While tracing is on: takes note of the ops that a graph runs. */
  graphTrace<E extends TapeEntry>(): GraphTrace<E> | null {
    const recorder = this.#recorder;
    if (!recorder?.on) return null;
    const entries = new TimedEntries<E>();
    const finish = (graph: string, compiled?: CompiledRun) => {
      // TensorFlow's name of a traced function: `__inference_name_12`.
      recorder.enter(graph.replace(/^__inference_(.+)_\d+$/, '$1'));
      const shown = [...entries.keys()].flatMap(i => {
        const { op, inputs, outputs } = entries[i] as E;
        const [made] = outputs.flatMap(({ value }) => value ?? []);
        return made && op !== 'Identity' ? [{ op, made, operands: inputs.flatMap(({ value }) => value ?? []), i }] : [];
      });
      const numbers = shown.map(({ i }) => i);
      const timeOf = compiled ? kernelTimes(compiled, recorder, numbers) : (i: number) => entries.spans[i];
      for (const { op, operands, made, i } of shown)
        recorder.op(op, operands, made, { api: 'tf.function', ...timeOf(i), ...measure(this.engine, made) });
      for (const [result, like] of compiled?.results ?? []) recorder.same(result, like);
      recorder.leave();
    };
    return { entries, finish };
  }

  /** While tracing is on: hears of a gradient that is taken. */
  tape(): TapeListener<Strided> | null {
    const recorder = this.#recorder;
    return recorder?.on ? listen(recorder, x => measure(this.engine, x)) : null;
  }

  warn(kind: WarningKind, words: string): void {
    this.#warnings.set(words, kind);
    this.setMail(warningFlag, 1);
  }

  /** `kind words` a line; asks for no more until the next warning. */
  takeWarnings(): string {
    const lines = [...this.#warnings].map(([words, kind]) => `${kind} ${words}`);
    this.#warnings.clear();
    this.setMail(warningFlag, 0);
    return lines.join('\n');
  }
}
