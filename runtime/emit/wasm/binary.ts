// Writes WebAssembly modules byte by byte: types, imports, functions, exports. No text format, no assembler.
// A function is built by appending instructions; calls may name functions that are built later.

export const types = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValType = keyof typeof types;

/** Unsigned LEB128. */
export function leb(n: number): number[] {
  const bytes: number[] = [];
  do {
    const low = n % 128;
    n = Math.floor(n / 128);
    bytes.push(n > 0 ? low | 128 : low);
  } while (n > 0);
  return bytes;
}

/** Signed LEB128. */
export function signedLeb(n: bigint): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = Number(n & 127n);
    n >>= 7n;
    const done = (n === 0n && low < 64) || (n === -1n && low >= 64);
    bytes.push(done ? low : low | 128);
    if (done) return bytes;
  }
}

const scratch = new DataView(new ArrayBuffer(16));
const bytesOf = (n: number): number[] => Array.from(new Uint8Array(scratch.buffer, 0, n));

/** An index into the module's functions, known when the module is finished. */
export interface FunctionRef {
  index: number;
  readonly params: readonly ValType[];
  readonly results: readonly ValType[];
}

type Piece = number | FunctionRef;

export class FunctionBuilder implements FunctionRef {
  index = -1;
  readonly params: readonly ValType[];
  readonly results: readonly ValType[];
  readonly exported: string | null;
  readonly #locals: ValType[] = [];
  readonly #code: Piece[] = [];

  constructor(params: readonly ValType[], results: readonly ValType[], exported: string | null) {
    this.params = params;
    this.results = results;
    this.exported = exported;
  }

  /** A new local of the type; parameters are the first ones. */
  local(type: ValType): number {
    this.#locals.push(type);
    return this.params.length + this.#locals.length - 1;
  }
  op(...bytes: readonly number[]): this {
    for (const byte of bytes) this.#code.push(byte);
    return this;
  }
  /** A SIMD instruction. */
  simd(code: number, ...immediates: readonly number[]): this {
    return this.op(0xfd, ...leb(code), ...immediates);
  }
  get(local: number): this {
    return this.op(0x20, ...leb(local));
  }
  set(local: number): this {
    return this.op(0x21, ...leb(local));
  }
  tee(local: number): this {
    return this.op(0x22, ...leb(local));
  }
  i32(n: number): this {
    return this.op(0x41, ...signedLeb(BigInt(n | 0)));
  }
  i64(n: bigint): this {
    return this.op(0x42, ...signedLeb(BigInt.asIntN(64, n)));
  }
  f32(x: number): this {
    scratch.setFloat32(0, x, true);
    return this.op(0x43, ...bytesOf(4));
  }
  f64(x: number): this {
    scratch.setFloat64(0, x, true);
    return this.op(0x44, ...bytesOf(8));
  }
  /** A v128 constant of equal lanes. */
  splatConst(type: 'i32' | 'i64' | 'f32' | 'f64', value: number | bigint): this {
    const wide = type === 'i64' || type === 'f64';
    for (let at = 0; at < 16; at += wide ? 8 : 4) {
      if (type === 'i32') scratch.setInt32(at, Number(value), true);
      else if (type === 'i64') scratch.setBigInt64(at, BigInt(value), true);
      else if (type === 'f32') scratch.setFloat32(at, Number(value), true);
      else scratch.setFloat64(at, Number(value), true);
    }
    return this.simd(12, ...bytesOf(16));
  }
  call(target: FunctionRef): this {
    this.#code.push(0x10, target);
    return this;
  }
  /** `block … end`; `br(0)` inside leaves it. */
  block(body: () => void): this {
    this.op(0x02, 0x40);
    body();
    return this.op(0x0b);
  }
  /** `loop … end`; `br(0)` inside repeats it. */
  loop(body: () => void): this {
    this.op(0x03, 0x40);
    body();
    return this.op(0x0b);
  }
  /** Takes the condition from the stack. */
  if(then: () => void, otherwise?: () => void, result?: ValType): this {
    this.op(0x04, result ? types[result] : 0x40);
    then();
    if (otherwise) {
      this.op(0x05);
      otherwise();
    }
    return this.op(0x0b);
  }
  br(depth: number): this {
    return this.op(0x0c, depth);
  }
  brIf(depth: number): this {
    return this.op(0x0d, depth);
  }
  return(): this {
    return this.op(0x0f);
  }

  bytes(): number[] {
    const locals = this.#locals.flatMap(type => [1, types[type]]);
    const body = [...leb(this.#locals.length), ...locals];
    for (const piece of this.#code) {
      if (typeof piece === 'number') body.push(piece);
      else body.push(...leb(piece.index));
    }
    body.push(0x0b);
    return [...leb(body.length), ...body];
  }
}

interface ImportedFunction extends FunctionRef {
  readonly name: string;
}

const section = (id: number, items: readonly (readonly number[])[]): number[] => {
  if (items.length === 0) return [];
  const body = [...leb(items.length), ...items.flat()];
  return [id, ...leb(body.length), ...body];
};
const text = (s: string): number[] => [...leb(s.length), ...Array.from(s, c => c.charCodeAt(0))];

/** A module that imports its memory as `e.memory` and functions from `e`. */
export class ModuleBuilder {
  readonly #imports: ImportedFunction[] = [];
  readonly #functions: FunctionBuilder[] = [];

  import(name: string, params: readonly ValType[], results: readonly ValType[]): FunctionRef {
    const known = this.#imports.find(f => f.name === name);
    if (known) return known;
    const made: ImportedFunction = { index: -1, name, params, results };
    this.#imports.push(made);
    return made;
  }
  func(params: readonly ValType[], results: readonly ValType[], exported: string | null = null): FunctionBuilder {
    const made = new FunctionBuilder(params, results, exported);
    this.#functions.push(made);
    return made;
  }

  finish(): Uint8Array<ArrayBuffer> {
    [...this.#imports, ...this.#functions].forEach((f, index) => {
      f.index = index;
    });
    const signatures: string[] = [];
    const encoded: number[][] = [];
    const typeOf = ({ params, results }: FunctionRef): number => {
      const key = `${params.join()}>${results.join()}`;
      const found = signatures.indexOf(key);
      if (found >= 0) return found;
      const list = (values: readonly ValType[]) => [...leb(values.length), ...values.map(type => types[type])];
      encoded.push([0x60, ...list(params), ...list(results)]);
      return signatures.push(key) - 1;
    };
    const env = text('e');
    const imports = [
      [...env, ...text('memory'), 0x02, 0x00, 0x00],
      ...this.#imports.map(f => [...env, ...text(f.name), 0x00, ...leb(typeOf(f))]),
    ];
    const declared = this.#functions.map(f => leb(typeOf(f)));
    const exports = this.#functions.flatMap(f =>
      f.exported === null ? [] : [[...text(f.exported), 0x00, ...leb(f.index)]],
    );
    return Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, encoded),
      ...section(2, imports),
      ...section(3, declared),
      ...section(7, exports),
      ...section(
        10,
        this.#functions.map(f => f.bytes()),
      ),
    ]);
  }
}
