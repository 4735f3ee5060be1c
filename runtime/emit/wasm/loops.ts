// Emits one function per loop kernel. Elementwise: lanes along the innermost loop, a scalar rest. Reductions along memory:
// blocks of 128 with eight running values, halves above (which is NumPy's order). Reductions across memory: lanes over the
// kept axis, rows added in order.
import { isFloat, type DType } from '../../../src/shared/dtypes.ts';
import type { Access, Int, LoopKernel, Stage, Step, Store } from '../../schedule/kernel.ts';
import type { FunctionBuilder, ModuleBuilder, ValType } from './binary.ts';
import { registerOf, scalarCodes, scalarMemory } from './opcodes.ts';
import { bytesOf, combine, eight, inEights, isArg, pushIdentity, pushLane, type Running } from './reductions.ts';
import { emitSteps, lanesOf, storeVector, type Lanes, type Library, type Surroundings } from './steps.ts';

type Locals = (number | undefined)[];
type ReduceStage = Extract<Stage, { kind: 'reduce' }>;
type ScanStage = Extract<Stage, { kind: 'scan' }>;

interface Strip {
  readonly lanes: Lanes;
  readonly unroll: number;
}

const accessesIn = (steps: readonly Step[]): Access[] =>
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

/** Builds functions that walk the loops of one kernel. */
class LoopEmitter {
  readonly #module: ModuleBuilder;
  readonly #library: Library;
  readonly #kernel: LoopKernel;
  #f: FunctionBuilder;
  /** Locals of the function that is being built. */
  #pointers = new Map<Access, number>();
  #counters: number[] = [];
  #params: number[] = [];
  #reduced: number[] = [];

  constructor(module: ModuleBuilder, library: Library, kernel: LoopKernel, name: string) {
    this.#module = module;
    this.#library = library;
    this.#kernel = kernel;
    const ints: ValType[] = new Array<ValType>(kernel.buffers.length + kernel.params + 2).fill('i32');
    this.#f = module.func(ints, [], name);
  }

  get #reduceLoops(): number[] {
    return this.#kernel.reduce.map((_, i) => this.#kernel.space.length + i);
  }

  emit(): void {
    const { buffers, params, stages, space, reduce } = this.#kernel;
    const f = this.#f;
    this.#params = Array.from({ length: params }, (_, i) => buffers.length + i);
    for (const access of stages.flatMap(stageAccesses)) {
      if (this.#pointers.has(access)) continue;
      const pointer = f.local('i32');
      f.get(access.buffer);
      if (access.offset !== 0) {
        this.#pushInt(access.offset);
        f.i32(bytesOf(this.#bufferType(access))).op(0x6c, 0x6a);
      }
      f.set(pointer);
      this.#pointers.set(access, pointer);
    }
    const start = buffers.length + params;
    const inner = space.length - 1;
    if (reduce.length === 0) {
      const [stage] = stages;
      if (stage?.kind !== 'map') throw new RangeError('a kernel without reduce loops is one map');
      if (inner < 0) return this.#mapPoint(stage.steps, stage.stores, { lanes: 1, unroll: 1 }, -1, []);
      return this.#nest(0, inner, start, () =>
        this.#mapLoop(stage.steps, stage.stores, inner, inner === 0 ? start : -1),
      );
    }
    if (this.#kernel.inner === 'space' && inner >= 0 && stages.every(stage => isColumnStage(stage)))
      return this.#nest(0, inner, start, () => this.#columns(inner, inner === 0 ? start : -1));
    this.#nest(0, space.length, start, () => this.#rows());
  }

  // --- loops -----------------------------------------------------------------------------------------------------------

  #bufferType(access: Access): DType {
    return this.#kernel.buffers[access.buffer]?.dtype ?? 'uint8';
  }

  #size(loop: number): Int {
    const { space, reduce } = this.#kernel;
    return (loop < space.length ? space[loop] : reduce[loop - space.length]) ?? 1;
  }

  #pushInt(value: Int): void {
    if (typeof value === 'number') this.#f.i32(value);
    else this.#f.get(this.#params[value.param] ?? 0);
  }

  /** Loops `from … end-1`, one inside the other, around `body`; loop 0 runs from local `start` to the local after it. */
  #nest(loop: number, end: number, start: number, body: () => void): void {
    if (loop >= end) return body();
    this.#strips(loop, loop === 0 ? start : -1, [{ lanes: 1, unroll: 1 }], () =>
      this.#nest(loop + 1, end, start, body),
    );
  }

  /**
   * One loop in strips: each strip runs while a whole step of it fits, the next one takes the rest. Pointers of accesses
   * that move along the loop are advanced (`only` those that the body uses, where it is given). `range` is the local of the first index, followed by that of the last.
   */
  #strips(
    loop: number,
    range: number,
    strips: readonly Strip[],
    body: (strip: Strip) => void,
    only?: readonly Access[],
  ): void {
    const f = this.#f;
    const outer = new Map(this.#pointers);
    const [counter, end] = [f.local('i32'), f.local('i32')];
    if (range >= 0)
      f.get(range)
        .set(counter)
        .get(range + 1)
        .set(end);
    else {
      f.i32(0).set(counter);
      this.#pushInt(this.#size(loop));
      f.set(end);
    }
    this.#counters[loop] = counter;
    const moving: { readonly pointer: number; readonly stride: Int; readonly bytes: number }[] = [];
    for (const [access, pointer] of outer) {
      const stride = access.strides[loop] ?? 0;
      if (stride === 0 || (only && !only.includes(access))) continue;
      const bytes = bytesOf(this.#bufferType(access));
      const running = f.local('i32');
      f.get(pointer);
      if (range >= 0) {
        f.get(counter);
        this.#pushInt(stride);
        f.op(0x6c).i32(bytes).op(0x6c, 0x6a);
      }
      f.set(running);
      this.#pointers.set(access, running);
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
            this.#pushInt(typeof stride === 'number' ? stride * bytes * step : stride);
            if (typeof stride !== 'number') f.i32(bytes * step).op(0x6c);
            f.op(0x6a).set(pointer);
          }
          f.get(counter).i32(step).op(0x6a).tee(counter).get(last).op(0x48).brIf(0);
        });
      });
    }
    this.#pointers = outer;
  }

  // --- bodies ----------------------------------------------------------------------------------------------------------

  #surroundings(lanes: Lanes, ahead: number, innerLoop: number): Surroundings {
    return {
      f: this.#f,
      library: this.#library,
      lanes,
      ahead,
      innerLoop,
      address: access => this.#pointers.get(access) ?? 0,
      innerStride: access => (innerLoop < 0 ? 0 : (access.strides[innerLoop] ?? 0)),
      counter: loop => this.#counters[loop] ?? 0,
      reduced: index => this.#reduced[index] ?? 0,
      param: index => this.#params[index] ?? 0,
      argument: () => {
        throw new RangeError('a kernel has no arguments');
      },
    };
  }

  /** Lanes for steps along a loop: every access must be contiguous or constant there. */
  #lanesAlong(steps: readonly Step[], stores: readonly Access[], loop: number): Lanes {
    const straight = accessesIn(steps).every(({ strides }) => strides[loop] === 0 || strides[loop] === 1);
    const stored = stores.every(({ strides }) => strides[loop] === 1);
    return straight && stored ? lanesOf(steps, this.#library) : 1;
  }

  /** Emits what does not change along the loops, once, before them. */
  #hoist(steps: readonly Step[], loops: readonly number[], lanes: Lanes, innerLoop: number): Locals {
    const values: Locals = [];
    const varies = variesAlong(steps, loops);
    emitSteps(this.#surroundings(lanes, 0, innerLoop), steps, values, i => !varies[i]);
    return values;
  }

  #mapLoop(steps: readonly Step[], stores: readonly Store[], loop: number, range: number): void {
    const lanes = this.#lanesAlong(
      steps,
      stores.map(({ access }) => access),
      loop,
    );
    const unroll = steps.length <= 6 ? 4 : 1;
    const strips: Strip[] = [{ lanes: 1, unroll: 1 }];
    if (lanes > 1) strips.unshift({ lanes, unroll });
    const hoisted = new Map<Lanes, Locals>();
    for (const strip of strips) hoisted.set(strip.lanes, this.#hoist(steps, [loop], strip.lanes, loop));
    this.#strips(
      loop,
      range,
      strips,
      strip => this.#mapPoint(steps, stores, strip, loop, hoisted.get(strip.lanes) ?? []),
      [...accessesIn(steps), ...stores.map(({ access }) => access)],
    );
  }

  #mapPoint(steps: readonly Step[], stores: readonly Store[], strip: Strip, loop: number, hoisted: Locals): void {
    const f = this.#f;
    for (let u = 0; u < strip.unroll; u++) {
      const ahead = u * strip.lanes;
      const values = hoisted.slice();
      emitSteps(this.#surroundings(strip.lanes, ahead, loop), steps, values);
      for (const { access, value } of stores) {
        const dtype = this.#bufferType(access);
        f.get(this.#pointers.get(access) ?? 0);
        if (strip.lanes > 1) storeVector(f, dtype, strip.lanes, values[value] ?? 0, ahead * bytesOf(dtype));
        else f.get(values[value] ?? 0).op(scalarMemory[dtype].store, scalarMemory[dtype].align, 0);
      }
    }
  }

  // --- reductions along memory -----------------------------------------------------------------------------------------

  #rows(): void {
    for (const stage of this.#kernel.stages) {
      if (stage.kind === 'reduce') this.#reduceRow(stage);
      else if (stage.kind === 'scan') this.#scanRow(stage);
      else if (stage.over === 'space') this.#mapPoint(stage.steps, stage.stores, { lanes: 1, unroll: 1 }, -1, []);
      else {
        const loops = this.#reduceLoops;
        const last = loops.at(-1) ?? 0;
        this.#inside(stage, loops.slice(0, -1), () => this.#mapLoop(stage.steps, stage.stores, last, -1));
      }
    }
  }

  /** Whole loops, one inside the other, around `body`. */
  #inside(stage: Stage, loops: readonly number[], body: () => void): void {
    const [loop, ...rest] = loops;
    if (loop === undefined) return body();
    this.#strips(loop, -1, [{ lanes: 1, unroll: 1 }], () => this.#inside(stage, rest, body), stageAccesses(stage));
  }

  /** New locals for the results of a stage, set to their identities. */
  #begin(stage: ReduceStage, lanes: Lanes): { readonly running: Running[]; readonly locals: number[] } {
    const f = this.#f;
    const running = stage.reductions.map(({ op, value }) => ({ op, dtype: stage.steps[value]?.dtype ?? 'float64' }));
    const locals = running.map(run => {
      const local = f.local(lanes > 1 ? 'v128' : registerOf[run.dtype]);
      pushIdentity(f, run, lanes);
      f.set(local);
      return local;
    });
    return { running, locals };
  }

  #reduceRow(stage: ReduceStage): void {
    const f = this.#f;
    const { running, locals } = this.#begin(stage, 1);
    const loops = this.#reduceLoops;
    const last = loops.at(-1) ?? 0;
    if (this.#kernel.inner === 'reduce' && stage.reductions.every(inEights)) {
      this.#inside(stage, loops.slice(0, -1), () => {
        this.#callBlocks(stage, running, last);
        const results = running.map(run => f.local(registerOf[run.dtype]));
        results.toReversed().forEach(local => f.set(local));
        running.forEach((run, i) => {
          combine(f, run, 1, locals[i] ?? 0, results[i] ?? 0);
          f.set(locals[i] ?? 0);
        });
      });
      this.#reduced.push(...locals);
      return;
    }
    const places = stage.reductions.map(({ op }) => {
      if (!isArg(op)) return -1;
      const place = f.local('i64');
      f.i64(0n).set(place);
      return place;
    });
    this.#inside(stage, loops, () => {
      const values: Locals = [];
      emitSteps(this.#surroundings(1, 0, last), stage.steps, values);
      running.forEach((run, i) => {
        const value = values[stage.reductions[i]?.value ?? 0] ?? 0;
        this.#feed(run, locals[i] ?? 0, places[i] ?? -1, value, last);
      });
    });
    this.#reduced.push(...locals.map((local, i) => ((places[i] ?? -1) >= 0 ? (places[i] ?? 0) : local)));
  }

  /** One element into a running value; for argmax, the first greatest one or the first NaN. */
  #feed(run: Running, local: number, place: number, value: number, loop: number): void {
    const f = this.#f;
    if (place < 0) {
      combine(f, run, 1, local, value);
      return void f.set(local);
    }
    const codes = scalarCodes[registerOf[run.dtype]];
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
        .get(this.#counters[loop] ?? 0)
        .op(0xad)
        .set(place),
    );
  }

  /** Calls the stage's block function on the whole innermost loop; the results are left on the stack. */
  #callBlocks(stage: ReduceStage, running: readonly Running[], loop: number): void {
    const f = this.#f;
    const accesses = [...new Set(accessesIn(stage.steps))];
    const counters = [
      ...new Set(stage.steps.flatMap(step => (step.op === 'index' && step.loop !== loop ? [step.loop] : []))),
    ];
    const known = [...this.#reduced];
    const knownTypes = this.#kernel.stages
      .flatMap(s => (s.kind === 'reduce' ? s.reductions.map(r => registerOf[r.dtype]) : []))
      .slice(0, known.length);
    const ints = new Array<ValType>(accesses.length + this.#params.length + counters.length + 2).fill('i32');
    const target = this.#module.func(
      [...ints, ...knownTypes],
      running.map(run => registerOf[run.dtype]),
    );
    for (const access of accesses) f.get(this.#pointers.get(access) ?? 0);
    for (const param of this.#params) f.get(param);
    for (const counter of counters) f.get(this.#counters[counter] ?? 0);
    f.i32(0);
    this.#pushInt(this.#size(loop));
    for (const local of known) f.get(local);
    f.call(target);

    // The block function is built with the same tools, over its own parameters.
    const saved = {
      f,
      pointers: this.#pointers,
      counters: this.#counters,
      params: this.#params,
      reduced: this.#reduced,
    };
    let next = 0;
    this.#f = target;
    this.#pointers = new Map(accesses.map(access => [access, next++]));
    this.#params = saved.params.map(() => next++);
    this.#counters = [];
    for (const counter of counters) this.#counters[counter] = next++;
    const [start, count] = [next++, next++];
    this.#reduced = known.map(() => next++);
    this.#counters[loop] = start;
    this.#blocks(stage, running, loop, accesses, start, count);
    this.#f = saved.f;
    this.#pointers = saved.pointers;
    this.#counters = saved.counters;
    this.#params = saved.params;
    this.#reduced = saved.reduced;
  }

  #blocks(
    stage: ReduceStage,
    running: readonly Running[],
    loop: number,
    accesses: readonly Access[],
    start: number,
    count: number,
  ): void {
    const f = this.#f;
    f.get(count).i32(128).op(0x4a);
    f.if(() => {
      const half = f.local('i32');
      // Half, rounded down to a multiple of eight.
      f.get(count).i32(1).op(0x76).i32(-8).op(0x71).set(half);
      const recurse = (second: boolean) => {
        f.params.forEach((_, param) => {
          if (param === count && !second) return f.get(half);
          const access = accesses[param];
          f.get(param);
          if (!second) return;
          if (param === count) f.get(half).op(0x6b);
          if (param === start) f.get(half).op(0x6a);
          if (!access) return;
          f.get(half);
          this.#pushInt(access.strides[loop] ?? 0);
          f.op(0x6c)
            .i32(bytesOf(this.#bufferType(access)))
            .op(0x6c, 0x6a);
        });
        f.call(f);
        const results = running.map(run => f.local(registerOf[run.dtype]));
        results.toReversed().forEach(local => f.set(local));
        return results;
      };
      const low = recurse(false);
      const high = recurse(true);
      running.forEach((run, i) => combine(f, run, 1, low[i] ?? 0, high[i] ?? 0));
      f.return();
    });
    const lanes = this.#lanesAlong(stage.steps, [], loop);
    const unroll = eight / lanes;
    const runningVectors = running.map(run =>
      Array.from({ length: unroll }, () => {
        const local = f.local(lanes > 1 ? 'v128' : registerOf[run.dtype]);
        pushIdentity(f, run, lanes);
        f.set(local);
        return local;
      }),
    );
    const results = running.map(run => {
      const local = f.local(registerOf[run.dtype]);
      pushIdentity(f, run, 1);
      f.set(local);
      return local;
    });
    const hoisted = this.#hoist(stage.steps, [loop], lanes, loop);
    const plain = lanes === 1 ? hoisted : this.#hoist(stage.steps, [loop], 1, loop);
    const end = f.local('i32');
    f.get(start).get(count).op(0x6a).set(end);
    this.#blockStrips(
      loop,
      start,
      end,
      accesses,
      [
        { lanes, unroll },
        { lanes: 1, unroll: 1 },
      ],
      strip => {
        if (strip.unroll * strip.lanes === eight) {
          for (let u = 0; u < unroll; u++) {
            const values = hoisted.slice();
            emitSteps(this.#surroundings(lanes, u * lanes, loop), stage.steps, values);
            running.forEach((run, i) => {
              const local = runningVectors[i]?.[u] ?? 0;
              combine(f, run, lanes, local, values[stage.reductions[i]?.value ?? 0] ?? 0);
              f.set(local);
            });
          }
          return;
        }
        const values = plain.slice();
        emitSteps(this.#surroundings(1, 0, loop), stage.steps, values);
        running.forEach((run, i) => {
          combine(f, run, 1, results[i] ?? 0, values[stage.reductions[i]?.value ?? 0] ?? 0);
          f.set(results[i] ?? 0);
        });
      },
      () =>
        running.forEach((run, i) => {
          this.#tree(run, runningVectors[i] ?? [], lanes);
          f.set(results[i] ?? 0);
        }),
    );
    results.forEach(local => f.get(local));
  }

  /** ((r0+r1)+(r2+r3)) + ((r4+r5)+(r6+r7)) of the eight running values. */
  #tree(run: Running, vectors: readonly number[], lanes: Lanes): void {
    const f = this.#f;
    let level = Array.from({ length: eight }, (_, i) => {
      const vector = vectors[Math.floor(i / lanes)] ?? 0;
      if (lanes === 1) return vector;
      const local = f.local(registerOf[run.dtype]);
      pushLane(f, run.dtype, lanes, vector, i % lanes);
      f.set(local);
      return local;
    });
    while (level.length > 1) {
      level = Array.from({ length: level.length / 2 }, (_, i) => {
        const local = f.local(registerOf[run.dtype]);
        combine(f, run, 1, level[2 * i] ?? 0, level[2 * i + 1] ?? 0);
        f.set(local);
        return local;
      });
    }
    f.get(level[0] ?? 0);
  }

  /** The loop of a block: eights, then `between`, then single elements. Parameters are used up as pointers. */
  #blockStrips(
    loop: number,
    counter: number,
    end: number,
    accesses: readonly Access[],
    strips: readonly Strip[],
    body: (strip: Strip) => void,
    between: () => void,
  ): void {
    const f = this.#f;
    strips.forEach((strip, i) => {
      const step = strip.lanes * strip.unroll;
      if (i > 0) between();
      f.block(() => {
        f.get(counter)
          .get(end)
          .i32(step - 1)
          .op(0x6b, 0x4e)
          .brIf(0);
        f.loop(() => {
          body(strip);
          for (const access of accesses) {
            const stride = access.strides[loop] ?? 0;
            if (stride === 0) continue;
            const pointer = this.#pointers.get(access) ?? 0;
            f.get(pointer);
            this.#pushInt(stride);
            f.i32(bytesOf(this.#bufferType(access)) * step)
              .op(0x6c, 0x6a)
              .set(pointer);
          }
          f.get(counter)
            .i32(step)
            .op(0x6a)
            .tee(counter)
            .get(end)
            .i32(step - 1)
            .op(0x6b, 0x48)
            .brIf(0);
        });
      });
    });
  }

  // --- reductions across memory ----------------------------------------------------------------------------------------

  #columns(inner: number, range: number): void {
    const { stages } = this.#kernel;
    const all = stages.flatMap(stage => ('steps' in stage ? stage.steps : []));
    const stores = stages.flatMap(stage => (stage.kind === 'map' ? stage.stores.map(({ access }) => access) : []));
    const plain = stages.every(stage => stage.kind !== 'reduce' || !stage.reductions.some(({ op }) => isArg(op)));
    const each = stages.map(stage => this.#lanesAlong(stage.steps, [], inner));
    const same = plain && each.every(lanes => lanes === each[0]) && this.#lanesAlong([], stores, inner) > 1;
    const lanes = same ? (each[0] ?? 1) : 1;
    const strips: Strip[] = [{ lanes: 1, unroll: 1 }];
    if (lanes > 1) strips.unshift({ lanes, unroll: all.length <= 12 ? 4 : 1 }, { lanes, unroll: 1 });
    this.#strips(inner, range, strips, strip => {
      this.#reduced = [];
      const perStrip: number[][] = Array.from({ length: strip.unroll }, () => []);
      for (const stage of stages) this.#columnStage(stage, strip, inner, perStrip);
    });
  }

  #columnStage(stage: Stage, strip: Strip, inner: number, results: readonly number[][]): void {
    const f = this.#f;
    const at = (u: number): Surroundings => ({
      ...this.#surroundings(strip.lanes, u * strip.lanes, inner),
      reduced: index => results[u]?.[index] ?? 0,
    });
    if (stage.kind === 'map') {
      for (let u = 0; u < strip.unroll; u++) {
        const values: Locals = [];
        emitColumnSteps(at(u), stage.steps, values);
        for (const { access, value } of stage.stores) {
          const dtype = this.#bufferType(access);
          f.get(this.#pointers.get(access) ?? 0);
          if (strip.lanes > 1) storeVector(f, dtype, strip.lanes, values[value] ?? 0, u * strip.lanes * bytesOf(dtype));
          else f.get(values[value] ?? 0).op(scalarMemory[dtype].store, scalarMemory[dtype].align, 0);
        }
      }
      return;
    }
    if (stage.kind !== 'reduce') return;
    const sets = results.map(() => this.#begin(stage, strip.lanes));
    const places = stage.reductions.map(({ op }) => {
      if (!isArg(op)) return -1;
      const place = f.local('i64');
      f.i64(0n).set(place);
      return place;
    });
    const loops = this.#reduceLoops;
    this.#inside(stage, loops, () => {
      sets.forEach(({ running, locals }, u) => {
        const values: Locals = [];
        emitColumnSteps(at(u), stage.steps, values);
        running.forEach((run, i) => {
          const value = values[stage.reductions[i]?.value ?? 0] ?? 0;
          if ((places[i] ?? -1) >= 0) return this.#feed(run, locals[i] ?? 0, places[i] ?? 0, value, loops.at(-1) ?? 0);
          combine(f, run, strip.lanes, locals[i] ?? 0, value);
          f.set(locals[i] ?? 0);
        });
      });
    });
    sets.forEach(({ locals }, u) =>
      results[u]?.push(...locals.map((local, i) => ((places[i] ?? -1) >= 0 ? (places[i] ?? 0) : local))),
    );
  }

  // --- scans -----------------------------------------------------------------------------------------------------------

  #scanRow(stage: ScanStage): void {
    const f = this.#f;
    const run: Running = { op: stage.op, dtype: stage.steps[stage.value]?.dtype ?? 'float64' };
    const local = f.local(registerOf[run.dtype]);
    pushIdentity(f, run, 1);
    // Minus zero is neutral for sums where zero is not: the first value must come through as it is.
    if (stage.op === 'sum' && isFloat(run.dtype)) f.op(run.dtype === 'float32' ? 0x8c : 0x9a);
    f.set(local);
    const [loop = 0] = this.#reduceLoops;
    this.#inside(stage, [loop], () => {
      const values: Locals = [];
      emitSteps(this.#surroundings(1, 0, loop), stage.steps, values);
      combine(f, run, 1, local, values[stage.value] ?? 0);
      f.set(local);
      const { store, align } = scalarMemory[run.dtype];
      f.get(this.#pointers.get(stage.store) ?? 0)
        .get(local)
        .op(store, align, 0);
    });
  }
}

const isColumnStage = (stage: Stage): boolean =>
  stage.kind === 'reduce' || (stage.kind === 'map' && stage.over === 'space');

/** As `emitSteps`; results of reductions are vectors already when there are lanes. */
function emitColumnSteps(at: Surroundings, steps: readonly Step[], values: Locals): void {
  steps.forEach((step, i) => {
    if (step.op === 'reduced' && at.lanes > 1) values[i] = at.reduced(step.reduction);
  });
  emitSteps(at, steps, values);
}

function stageAccesses(stage: Stage): Access[] {
  const loads = accessesIn(stage.steps);
  if (stage.kind === 'map') return [...loads, ...stage.stores.map(({ access }) => access)];
  return stage.kind === 'scan' ? [...loads, stage.store] : loads;
}

/** Adds the kernel to the module as an exported function: (buffers…, params…, first, last + 1 of the outermost loop). */
export function emitLoopKernel(module: ModuleBuilder, library: Library, kernel: LoopKernel, name: string): void {
  new LoopEmitter(module, library, kernel, name).emit();
}
