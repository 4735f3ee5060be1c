// Reductions along memory: blocks of 128 elements with eight running values, halves above. It is NumPy's order of sums.
import type { Access } from '../../schedule/kernel.ts';
import type { ValType } from './binary.ts';
import { LoopFrame, accessesIn, type ReduceStage, type Strip } from './frame.ts';
import { registerOf } from './opcodes.ts';
import { bytesOf, combine, eight, pushIdentity, pushLane, type Running } from './reductions.ts';
import { emitSteps, type Lanes } from './steps.ts';

/** Adds block functions to the frame: each reduces one run of the innermost loop and calls itself on halves of long runs. */
export class BlockEmitter extends LoopFrame {
  /** Calls the stage's block function on the whole innermost loop; the results are left on the stack. */
  protected callBlocks(stage: ReduceStage, running: readonly Running[], loop: number): void {
    const f = this.f;
    const accesses = [...new Set(accessesIn(stage.steps))];
    const counters = [
      ...new Set(stage.steps.flatMap(step => (step.op === 'index' && step.loop !== loop ? [step.loop] : []))),
    ];
    const known = [...this.reduced];
    const knownTypes = this.kernel.stages
      .flatMap(s => (s.kind === 'reduce' ? s.reductions.map(r => registerOf[r.dtype]) : []))
      .slice(0, known.length);
    const ints = new Array<ValType>(accesses.length + this.params.length + counters.length + 2).fill('i32');
    const target = this.module.func(
      [...ints, ...knownTypes],
      running.map(run => registerOf[run.dtype]),
    );
    for (const access of accesses) f.get(this.pointers.get(access) ?? 0);
    for (const param of this.params) f.get(param);
    for (const counter of counters) f.get(this.counters[counter] ?? 0);
    f.i32(0);
    this.pushInt(this.size(loop));
    for (const local of known) f.get(local);
    f.call(target);

    // The block function is built with the same tools, over its own parameters.
    const saved = {
      f,
      pointers: this.pointers,
      counters: this.counters,
      params: this.params,
      reduced: this.reduced,
    };
    let next = 0;
    this.f = target;
    this.pointers = new Map(accesses.map(access => [access, next++]));
    this.params = saved.params.map(() => next++);
    this.counters = [];
    for (const counter of counters) this.counters[counter] = next++;
    const [start, count] = [next++, next++];
    this.reduced = known.map(() => next++);
    this.counters[loop] = start;
    this.blocks(stage, running, loop, accesses, start, count);
    this.f = saved.f;
    this.pointers = saved.pointers;
    this.counters = saved.counters;
    this.params = saved.params;
    this.reduced = saved.reduced;
  }

  protected blocks(
    stage: ReduceStage,
    running: readonly Running[],
    loop: number,
    accesses: readonly Access[],
    start: number,
    count: number,
  ): void {
    const f = this.f;
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
          this.pushInt(access.strides[loop] ?? 0);
          f.op(0x6c)
            .i32(bytesOf(this.bufferType(access)))
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
    const lanes = this.lanesAlong(stage.steps, [], loop);
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
    const hoisted = this.hoist(stage.steps, [loop], lanes, loop);
    const plain = lanes === 1 ? hoisted : this.hoist(stage.steps, [loop], 1, loop);
    const end = f.local('i32');
    f.get(start).get(count).op(0x6a).set(end);
    this.blockStrips(
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
            emitSteps(this.surroundings(lanes, u * lanes, loop), stage.steps, values);
            running.forEach((run, i) => {
              const local = runningVectors[i]?.[u] ?? 0;
              combine(f, run, lanes, local, values[stage.reductions[i]?.value ?? 0] ?? 0);
              f.set(local);
            });
          }
          return;
        }
        const values = plain.slice();
        emitSteps(this.surroundings(1, 0, loop), stage.steps, values);
        running.forEach((run, i) => {
          combine(f, run, 1, results[i] ?? 0, values[stage.reductions[i]?.value ?? 0] ?? 0);
          f.set(results[i] ?? 0);
        });
      },
      () =>
        running.forEach((run, i) => {
          this.tree(run, runningVectors[i] ?? [], lanes);
          f.set(results[i] ?? 0);
        }),
    );
    results.forEach(local => f.get(local));
  }

  /** ((r0+r1)+(r2+r3)) + ((r4+r5)+(r6+r7)) of the eight running values. */
  protected tree(run: Running, vectors: readonly number[], lanes: Lanes): void {
    const f = this.f;
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
  protected blockStrips(
    loop: number,
    counter: number,
    end: number,
    accesses: readonly Access[],
    strips: readonly Strip[],
    body: (strip: Strip) => void,
    between: () => void,
  ): void {
    const f = this.f;
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
            const pointer = this.pointers.get(access) ?? 0;
            f.get(pointer);
            this.pushInt(stride);
            f.i32(bytesOf(this.bufferType(access)) * step)
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
}
