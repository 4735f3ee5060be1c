// The frame of every loop kernel: pointers that run along the loops, strips of lanes with a scalar rest, bodies and stores.
import { isFloat, type DType } from '../../../src/shared/dtypes.ts';
import type { Access, Int, LoopKernel, Stage, Step, Store } from '../../schedule/kernel.ts';
import type { FunctionBuilder, ModuleBuilder, ValType } from './binary.ts';
import { arithmeticOf, registerOf, scalarCodes, scalarMemory } from './opcodes.ts';
import { bytesOf, combine, pushIdentity, type Running } from './reductions.ts';
import { emitSteps, lanesOf, type Lanes, type Library, type Surroundings } from './steps.ts';
import { storeVector } from './vectorSteps.ts';

export type Locals = (number | undefined)[];
export type ReduceStage = Extract<Stage, { kind: 'reduce' }>;
export type ScanStage = Extract<Stage, { kind: 'scan' }>;

export interface Strip {
  readonly lanes: Lanes;
  readonly unroll: number;
}

export const accessesIn = (steps: readonly Step[]): Access[] =>
  steps.flatMap(step => (step.op === 'load' || step.op === 'loadAt' ? [step.access] : []));

/** Which steps change along a loop. */
function variesAlong(steps: readonly Step[], loops: readonly number[]): boolean[] {
  const varies: boolean[] = [];
  for (const step of steps) {
    const moves = 'access' in step && loops.some(loop => step.access.strides[loop] !== 0);
    const counts = step.op === 'index' && loops.includes(step.loop);
    varies.push(moves || counts || ('args' in step && step.args.some(i => varies[i] ?? false)));
  }
  return varies;
}

export function stageAccesses(stage: Stage): Access[] {
  const loads = accessesIn(stage.steps);
  if (stage.kind === 'map') return [...loads, ...stage.stores.map(({ access }) => access)];
  return stage.kind === 'scan' ? [...loads, stage.store] : loads;
}

/** Builds functions that walk the loops of one kernel. */
export class LoopFrame {
  protected readonly module: ModuleBuilder;
  protected readonly library: Library;
  protected readonly kernel: LoopKernel;
  protected f: FunctionBuilder;
  /** Locals of the function that is being built. */
  protected pointers = new Map<Access, number>();
  protected counters: number[] = [];
  protected params: number[] = [];
  protected reduced: number[] = [];

  constructor(module: ModuleBuilder, library: Library, kernel: LoopKernel, name: string) {
    this.module = module;
    this.library = library;
    this.kernel = kernel;
    const ints: ValType[] = new Array<ValType>(kernel.buffers.length + kernel.params + 2).fill('i32');
    this.f = module.func(ints, [], name);
  }

  protected get reduceLoops(): number[] {
    return this.kernel.reduce.map((_, i) => this.kernel.space.length + i);
  }

  protected bufferType(access: Access): DType {
    return this.kernel.buffers[access.buffer]?.dtype ?? 'uint8';
  }

  protected size(loop: number): Int {
    const { space, reduce } = this.kernel;
    return (loop < space.length ? space[loop] : reduce[loop - space.length]) ?? 1;
  }

  protected pushInt(value: Int): void {
    if (typeof value === 'number') this.f.i32(value);
    else this.f.get(this.params[value.param] ?? 0);
  }

  /**
   * One loop in strips: each strip runs while a whole step of it fits, the next one takes the rest. Pointers of accesses
   * that move along the loop are advanced (`only` those that the body uses, where it is given). `range` is the local of the first index, followed by that of the last.
   */
  protected strips(
    loop: number,
    range: number,
    strips: readonly Strip[],
    body: (strip: Strip) => void,
    only?: readonly Access[],
  ): void {
    const f = this.f;
    const outer = new Map(this.pointers);
    const [counter, end] = [f.local('i32'), f.local('i32')];
    if (range >= 0)
      f.get(range)
        .set(counter)
        .get(range + 1)
        .set(end);
    else {
      f.i32(0).set(counter);
      this.pushInt(this.size(loop));
      f.set(end);
    }
    this.counters[loop] = counter;
    const moving: { readonly pointer: number; readonly stride: Int; readonly bytes: number }[] = [];
    for (const [access, pointer] of outer) {
      const stride = access.strides[loop] ?? 0;
      if (stride === 0 || (only && !only.includes(access))) continue;
      const bytes = bytesOf(this.bufferType(access));
      const running = f.local('i32');
      f.get(pointer);
      if (range >= 0) {
        f.get(counter);
        this.pushInt(stride);
        f.op(0x6c).i32(bytes).op(0x6c, 0x6a);
      }
      f.set(running);
      this.pointers.set(access, running);
      moving.push({ pointer: running, stride, bytes });
    }
    for (const strip of strips) {
      const step = strip.lanes * strip.unroll;
      const last = f.local('i32');
      f.get(end)
        .i32(step - 1)
        .op(0x6b)
        .set(last);
      f.block(() => {
        f.get(counter).get(last).op(0x4e).brIf(0);
        f.loop(() => {
          body(strip);
          for (const { pointer, stride, bytes } of moving) {
            f.get(pointer);
            this.pushInt(typeof stride === 'number' ? stride * bytes * step : stride);
            if (typeof stride !== 'number') f.i32(bytes * step).op(0x6c);
            f.op(0x6a).set(pointer);
          }
          f.get(counter).i32(step).op(0x6a).tee(counter).get(last).op(0x48).brIf(0);
        });
      });
    }
    this.pointers = outer;
  }

  /** Whole loops, one inside the other, around `body`. */
  protected inside(stage: Stage, loops: readonly number[], body: () => void): void {
    const [loop, ...rest] = loops;
    if (loop === undefined) return body();
    this.strips(loop, -1, [{ lanes: 1, unroll: 1 }], () => this.inside(stage, rest, body), stageAccesses(stage));
  }

  protected surroundings(lanes: Lanes, ahead: number, innerLoop: number): Surroundings {
    return {
      f: this.f,
      library: this.library,
      lanes,
      ahead,
      innerLoop,
      address: access => this.pointers.get(access) ?? 0,
      innerStride: access => (innerLoop < 0 ? 0 : (access.strides[innerLoop] ?? 0)),
      counter: loop => this.counters[loop] ?? 0,
      reduced: index => this.reduced[index] ?? 0,
      param: index => this.params[index] ?? 0,
      argument: () => {
        throw new RangeError('a kernel has no arguments');
      },
    };
  }

  /** Lanes for steps along a loop: every access must be contiguous or constant there. */
  protected lanesAlong(steps: readonly Step[], stores: readonly Access[], loop: number): Lanes {
    const straight = accessesIn(steps).every(({ strides }) => strides[loop] === 0 || strides[loop] === 1);
    const stored = stores.every(({ strides }) => strides[loop] === 1);
    return straight && stored ? lanesOf(steps, this.library) : 1;
  }

  /** Emits what does not change along the loops, once, before them. */
  protected hoist(steps: readonly Step[], loops: readonly number[], lanes: Lanes, innerLoop: number): Locals {
    const values: Locals = [];
    const varies = variesAlong(steps, loops);
    emitSteps(this.surroundings(lanes, 0, innerLoop), steps, values, i => !varies[i]);
    return values;
  }

  protected mapLoop(steps: readonly Step[], stores: readonly Store[], loop: number, range: number): void {
    const lanes = this.lanesAlong(
      steps,
      stores.map(({ access }) => access),
      loop,
    );
    const unroll = steps.length <= 6 ? 4 : 1;
    const strips: Strip[] = [{ lanes: 1, unroll: 1 }];
    if (lanes > 1) strips.unshift({ lanes, unroll });
    const hoisted = new Map<Lanes, Locals>();
    for (const strip of strips) hoisted.set(strip.lanes, this.hoist(steps, [loop], strip.lanes, loop));
    this.strips(
      loop,
      range,
      strips,
      strip => this.mapPoint(steps, stores, strip, loop, hoisted.get(strip.lanes) ?? []),
      [...accessesIn(steps), ...stores.map(({ access }) => access)],
    );
  }

  protected mapPoint(
    steps: readonly Step[],
    stores: readonly Store[],
    strip: Strip,
    loop: number,
    hoisted: Locals,
  ): void {
    const f = this.f;
    for (let u = 0; u < strip.unroll; u++) {
      const ahead = u * strip.lanes;
      const values = hoisted.slice();
      emitSteps(this.surroundings(strip.lanes, ahead, loop), steps, values);
      for (const { access, value } of stores) {
        const dtype = this.bufferType(access);
        f.get(this.pointers.get(access) ?? 0);
        if (strip.lanes > 1) storeVector(f, dtype, strip.lanes, values[value] ?? 0, ahead * bytesOf(dtype));
        else f.get(values[value] ?? 0).op(scalarMemory[dtype].store, scalarMemory[dtype].align, 0);
      }
    }
  }

  /** New locals for the results of a stage, set to their identities. */
  protected begin(stage: ReduceStage, lanes: Lanes): { readonly running: Running[]; readonly locals: number[] } {
    const f = this.f;
    const running = stage.reductions.map(({ op, value }) => ({ op, dtype: stage.steps[value]?.dtype ?? 'float64' }));
    const locals = running.map(run => {
      const local = f.local(lanes > 1 ? 'v128' : registerOf[run.dtype]);
      pushIdentity(f, run, lanes);
      f.set(local);
      return local;
    });
    return { running, locals };
  }

  /** One element into a running value; for argmax, the first greatest one or the first NaN. */
  protected feed(run: Running, local: number, place: number, value: number, loop: number): void {
    const f = this.f;
    if (place < 0) {
      combine(f, run, 1, local, value);
      return void f.set(local);
    }
    const codes = scalarCodes[arithmeticOf(run.dtype)];
    f.get(value)
      .get(local)
      .op((run.op === 'argmax' ? codes.gt : codes.lt) ?? 0);
    if (isFloat(run.dtype)) {
      const ne = codes.ne ?? 0;
      f.get(value).get(value).op(ne).get(local).get(local).op(ne, 0x45, 0x71, 0x72);
    }
    f.if(() =>
      f
        .get(value)
        .set(local)
        .get(this.counters[loop] ?? 0)
        .op(0xad)
        .set(place),
    );
  }
}
