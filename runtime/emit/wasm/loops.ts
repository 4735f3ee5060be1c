// Emits one function per loop kernel. Elementwise: lanes along the innermost loop, a scalar rest. Reductions along memory:
// block functions. Reductions across memory: lanes over the kept axis, rows added in order. Scans: one by one.
import { isFloat } from '../../../src/shared/dtypes.ts';
import type { LoopKernel, Stage, Step } from '../../schedule/kernel.ts';
import type { ModuleBuilder } from './binary.ts';
import { BlockEmitter } from './blocks.ts';
import { stageAccesses, type Locals, type ReduceStage, type ScanStage, type Strip } from './frame.ts';
import { registerOf, scalarMemory } from './opcodes.ts';
import { bytesOf, combine, inEights, isArg, pushIdentity, type Running } from './reductions.ts';
import { emitSteps, type Library, type Surroundings } from './steps.ts';
import { storeVector } from './vectorSteps.ts';

class LoopEmitter extends BlockEmitter {
  emit(): void {
    const { buffers, params, stages, space, reduce } = this.kernel;
    const f = this.f;
    this.params = Array.from({ length: params }, (_, i) => buffers.length + i);
    for (const access of stages.flatMap(stageAccesses)) {
      if (this.pointers.has(access)) continue;
      const pointer = f.local('i32');
      f.get(access.buffer);
      if (access.offset !== 0) {
        this.pushInt(access.offset);
        f.i32(bytesOf(this.bufferType(access))).op(0x6c, 0x6a);
      }
      f.set(pointer);
      this.pointers.set(access, pointer);
    }
    const start = buffers.length + params;
    const inner = space.length - 1;
    if (reduce.length === 0) {
      const [stage] = stages;
      if (stage?.kind !== 'map') throw new RangeError('a kernel without reduce loops is one map');
      if (inner < 0) return this.mapPoint(stage.steps, stage.stores, { lanes: 1, unroll: 1 }, -1, []);
      return this.nest(0, inner, start, () => this.mapLoop(stage.steps, stage.stores, inner, inner === 0 ? start : -1));
    }
    if (this.kernel.inner === 'space' && inner >= 0 && stages.every(stage => isColumnStage(stage)))
      return this.nest(0, inner, start, () => this.columns(inner, inner === 0 ? start : -1));
    this.nest(0, space.length, start, () => this.rows());
  }

  /** Loops `from … end-1`, one inside the other, around `body`; loop 0 runs from local `start` to the local after it. */
  protected nest(loop: number, end: number, start: number, body: () => void): void {
    if (loop >= end) return body();
    this.strips(loop, loop === 0 ? start : -1, [{ lanes: 1, unroll: 1 }], () => this.nest(loop + 1, end, start, body));
  }

  protected rows(): void {
    for (const stage of this.kernel.stages) {
      if (stage.kind === 'reduce') this.reduceRow(stage);
      else if (stage.kind === 'scan') this.scanRow(stage);
      else if (stage.over === 'space') this.mapPoint(stage.steps, stage.stores, { lanes: 1, unroll: 1 }, -1, []);
      else {
        const loops = this.reduceLoops;
        const last = loops.at(-1) ?? 0;
        this.inside(stage, loops.slice(0, -1), () => this.mapLoop(stage.steps, stage.stores, last, -1));
      }
    }
  }

  protected reduceRow(stage: ReduceStage): void {
    const f = this.f;
    const { running, locals } = this.begin(stage, 1);
    const loops = this.reduceLoops;
    const last = loops.at(-1) ?? 0;
    if (this.kernel.inner === 'reduce' && stage.reductions.every(inEights)) {
      this.inside(stage, loops.slice(0, -1), () => {
        this.callBlocks(stage, running, last);
        const results = running.map(run => f.local(registerOf[run.dtype]));
        results.toReversed().forEach(local => f.set(local));
        running.forEach((run, i) => {
          combine(f, run, 1, locals[i] ?? 0, results[i] ?? 0);
          f.set(locals[i] ?? 0);
        });
      });
      this.reduced.push(...locals);
      return;
    }
    const places = stage.reductions.map(({ op }) => {
      if (!isArg(op)) return -1;
      const place = f.local('i64');
      f.i64(0n).set(place);
      return place;
    });
    this.inside(stage, loops, () => {
      const values: Locals = [];
      emitSteps(this.surroundings(1, 0, last), stage.steps, values);
      running.forEach((run, i) => {
        const value = values[stage.reductions[i]?.value ?? 0] ?? 0;
        this.feed(run, locals[i] ?? 0, places[i] ?? -1, value, last);
      });
    });
    this.reduced.push(...locals.map((local, i) => ((places[i] ?? -1) >= 0 ? (places[i] ?? 0) : local)));
  }

  protected columns(inner: number, range: number): void {
    const { stages } = this.kernel;
    const all = stages.flatMap(stage => ('steps' in stage ? stage.steps : []));
    const stores = stages.flatMap(stage => (stage.kind === 'map' ? stage.stores.map(({ access }) => access) : []));
    const plain = stages.every(stage => stage.kind !== 'reduce' || !stage.reductions.some(({ op }) => isArg(op)));
    const each = stages.map(stage => this.lanesAlong(stage.steps, [], inner));
    const same = plain && each.every(lanes => lanes === each[0]) && this.lanesAlong([], stores, inner) > 1;
    const lanes = same ? (each[0] ?? 1) : 1;
    const strips: Strip[] = [{ lanes: 1, unroll: 1 }];
    if (lanes > 1) strips.unshift({ lanes, unroll: all.length <= 12 ? 4 : 1 }, { lanes, unroll: 1 });
    this.strips(inner, range, strips, strip => {
      this.reduced = [];
      const perStrip: number[][] = Array.from({ length: strip.unroll }, () => []);
      for (const stage of stages) this.columnStage(stage, strip, inner, perStrip);
    });
  }

  protected columnStage(stage: Stage, strip: Strip, inner: number, results: readonly number[][]): void {
    const f = this.f;
    const at = (u: number): Surroundings => ({
      ...this.surroundings(strip.lanes, u * strip.lanes, inner),
      reduced: index => results[u]?.[index] ?? 0,
    });
    if (stage.kind === 'map') {
      for (let u = 0; u < strip.unroll; u++) {
        const values: Locals = [];
        emitColumnSteps(at(u), stage.steps, values);
        for (const { access, value } of stage.stores) {
          const dtype = this.bufferType(access);
          f.get(this.pointers.get(access) ?? 0);
          if (strip.lanes > 1) storeVector(f, dtype, strip.lanes, values[value] ?? 0, u * strip.lanes * bytesOf(dtype));
          else f.get(values[value] ?? 0).op(scalarMemory[dtype].store, scalarMemory[dtype].align, 0);
        }
      }
      return;
    }
    if (stage.kind !== 'reduce') return;
    const sets = results.map(() => this.begin(stage, strip.lanes));
    const places = stage.reductions.map(({ op }) => {
      if (!isArg(op)) return -1;
      const place = f.local('i64');
      f.i64(0n).set(place);
      return place;
    });
    const loops = this.reduceLoops;
    this.inside(stage, loops, () => {
      sets.forEach(({ running, locals }, u) => {
        const values: Locals = [];
        emitColumnSteps(at(u), stage.steps, values);
        running.forEach((run, i) => {
          const value = values[stage.reductions[i]?.value ?? 0] ?? 0;
          if ((places[i] ?? -1) >= 0) return this.feed(run, locals[i] ?? 0, places[i] ?? 0, value, loops.at(-1) ?? 0);
          combine(f, run, strip.lanes, locals[i] ?? 0, value);
          f.set(locals[i] ?? 0);
        });
      });
    });
    sets.forEach(({ locals }, u) =>
      results[u]?.push(...locals.map((local, i) => ((places[i] ?? -1) >= 0 ? (places[i] ?? 0) : local))),
    );
  }

  protected scanRow(stage: ScanStage): void {
    const f = this.f;
    const run: Running = { op: stage.op, dtype: stage.steps[stage.value]?.dtype ?? 'float64' };
    const local = f.local(registerOf[run.dtype]);
    pushIdentity(f, run, 1);
    // Minus zero is neutral for sums where zero is not: the first value must come through as it is.
    if (stage.op === 'sum' && isFloat(run.dtype)) f.op(run.dtype === 'float32' ? 0x8c : 0x9a);
    f.set(local);
    const [loop = 0] = this.reduceLoops;
    this.inside(stage, [loop], () => {
      const values: Locals = [];
      emitSteps(this.surroundings(1, 0, loop), stage.steps, values);
      combine(f, run, 1, local, values[stage.value] ?? 0);
      f.set(local);
      const { store, align } = scalarMemory[run.dtype];
      f.get(this.pointers.get(stage.store) ?? 0)
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

/** Adds the kernel to the module as an exported function: (buffers…, params…, first, last + 1 of the outermost loop). */
export function emitLoopKernel(module: ModuleBuilder, library: Library, kernel: LoopKernel, name: string): void {
  new LoopEmitter(module, library, kernel, name).emit();
}
