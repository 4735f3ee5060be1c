// The packed matrix product: panels of a few rows and columns are laid out side by side, then a kernel keeps one tile of
// the result in registers and runs down k. float32: 6 × 8, float64: 4 × 6 (12 running vectors, 16 registers).
import { ModuleBuilder, type FunctionBuilder, type ValType } from './binary.ts';
import { vectorCodes } from './opcodes.ts';

export type FloatRegister = 'f32' | 'f64';

export interface Tile {
  readonly rows: number;
  /** Vectors and columns of a tile. */
  readonly vectors: number;
  readonly columns: number;
  readonly bytes: number;
}
export const tiles: Record<FloatRegister, Tile> = {
  f32: { rows: 6, vectors: 2, columns: 8, bytes: 4 },
  f64: { rows: 4, vectors: 3, columns: 6, bytes: 8 },
};
/** Steps of k that the inner loop takes at once; packed panels are padded to it with zeros. */
export const unrolled = 4;

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/**
 * pack(from, to, count, depth, across, along): panels of `width` lines, each element k of a panel side by side. Strides
 * are in bytes; lines beyond `count` and steps beyond `depth` (up to a multiple of `unrolled`) are zero.
 */
function emitPack(module: ModuleBuilder, name: string, type: FloatRegister, width: number): void {
  const f = module.func(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], [], name);
  const [from, to, count, depth, across, along] = [0, 1, 2, 3, 4, 5];
  const { bytes } = tiles[type];
  const [i, k, padded, at] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const [load, store] = type === 'f32' ? [0x2a, 0x38] : [0x2b, 0x39];
  const zero = () => (type === 'f32' ? f.f32(0) : f.f64(0));
  f.get(depth)
    .i32(unrolled - 1)
    .op(0x6a)
    .i32(-unrolled)
    .op(0x71)
    .set(padded);
  f.loop(() => {
    f.i32(0).set(k).get(from).get(i).get(across).op(0x6c, 0x6a).set(at);
    f.loop(() => {
      for (const line of range(width)) {
        f.get(to);
        f.get(i).i32(line).op(0x6a).get(count).op(0x48).get(k).get(depth).op(0x48, 0x71);
        f.if(
          () =>
            f
              .get(at)
              .get(across)
              .i32(line)
              .op(0x6c, 0x6a, load, type === 'f32' ? 2 : 3, 0),
          zero,
          type,
        );
        f.op(store, type === 'f32' ? 2 : 3, line * bytes);
      }
      f.get(to)
        .i32(width * bytes)
        .op(0x6a)
        .set(to);
      f.get(at).get(along).op(0x6a).set(at);
      f.get(k).i32(1).op(0x6a).tee(k).get(padded).op(0x48).brIf(0);
    });
    f.get(i).i32(width).op(0x6a).tee(i).get(count).op(0x48).brIf(0);
  });
}

const offsetOf = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, n >> 7]);

/**
 * gemm(a, b, c, m, n, k, rowBytes, add): c[m × n] = or += a · b over packed panels; m, n and k are multiples of the
 * tile's rows, columns and `unrolled`. With `relaxed`, products and sums are fused where the processor can.
 */
function emitGemm(module: ModuleBuilder, type: FloatRegister, relaxed: boolean): void {
  const params: ValType[] = new Array<ValType>(8).fill('i32');
  const f = module.func(params, [], 'gemm');
  const [a, b, c, m, n, k, rowBytes, add] = [0, 1, 2, 3, 4, 5, 6, 7];
  const { rows, vectors, columns, bytes } = tiles[type];
  const [i, j, steps] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const [pa, pb, pc] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const left = f.local('v128');
  const right = range(vectors).map(() => f.local('v128'));
  const sums = range(rows).map(() => range(vectors).map(() => f.local('v128')));
  const step = (at: number) => {
    right.forEach((local, v) =>
      f
        .get(pb)
        .simd(0, 2, ...offsetOf((at * columns + (v * 16) / bytes) * bytes))
        .set(local),
    );
    sums.forEach((row, r) => {
      f.get(pa)
        .simd(type === 'f32' ? 9 : 10, 2, ...offsetOf((at * rows + r) * bytes))
        .set(left);
      row.forEach((sum, v) => multiplyAdd(f, type, relaxed, left, right[v] ?? 0, sum));
    });
  };
  f.loop(() => {
    f.i32(0).set(i);
    f.loop(() => {
      f.get(a).get(i).get(k).op(0x6c).i32(bytes).op(0x6c, 0x6a).set(pa);
      f.get(b).get(j).get(k).op(0x6c).i32(bytes).op(0x6c, 0x6a).set(pb);
      f.get(c).get(i).get(rowBytes).op(0x6c, 0x6a).get(j).i32(bytes).op(0x6c, 0x6a).set(pc);
      for (const sum of sums.flat()) f.splatConst('i32', 0).set(sum);
      f.get(k).i32(2).op(0x76).set(steps);
      f.loop(() => {
        range(unrolled).forEach(step);
        f.get(pa)
          .i32(unrolled * rows * bytes)
          .op(0x6a)
          .set(pa);
        f.get(pb)
          .i32(unrolled * columns * bytes)
          .op(0x6a)
          .set(pb);
        f.get(steps).i32(1).op(0x6b).tee(steps).brIf(0);
      });
      for (const row of sums) {
        row.forEach((sum, v) => {
          f.get(add);
          f.if(() =>
            f
              .get(pc)
              .simd(0, 2, v * 16)
              .get(sum)
              .simd(vectorCodes[type].add ?? 0)
              .set(sum),
          );
          f.get(pc)
            .get(sum)
            .simd(11, 2, v * 16);
        });
        f.get(pc).get(rowBytes).op(0x6a).set(pc);
      }
      f.get(i).i32(rows).op(0x6a).tee(i).get(m).op(0x48).brIf(0);
    });
    f.get(j).i32(columns).op(0x6a).tee(j).get(n).op(0x48).brIf(0);
  });
}

function multiplyAdd(
  f: FunctionBuilder,
  type: FloatRegister,
  relaxed: boolean,
  x: number,
  y: number,
  sum: number,
): void {
  const codes = vectorCodes[type];
  if (relaxed)
    f.get(x)
      .get(y)
      .get(sum)
      .simd(type === 'f32' ? 261 : 263);
  else
    f.get(sum)
      .get(x)
      .get(y)
      .simd(codes.mul ?? 0)
      .simd(codes.add ?? 0);
  f.set(sum);
}

/** A module that exports `packLeft`, `packRight` and `gemm` for one type. */
export function matmulModule(type: FloatRegister): ModuleBuilder {
  const build = (relaxed: boolean) => {
    const module = new ModuleBuilder();
    emitPack(module, 'packLeft', type, tiles[type].rows);
    emitPack(module, 'packRight', type, tiles[type].columns);
    emitGemm(module, type, relaxed);
    return module;
  };
  return WebAssembly.validate(build(true).finish()) ? build(true) : build(false);
}
