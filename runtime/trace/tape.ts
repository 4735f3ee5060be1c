// The backward lane: follows a gradient while it is taken, op by op, and mirrors each forward node that takes part.
import type { KernelRun, Span } from '../ir/span.ts';
import { kernelTimes } from './kernels.ts';
import type { OpDetails, Recorder, Traced } from './recorder.ts';

/** A value on the tape; its identity is what the gradient follows. */
export interface TapeSlot<T extends Traced> {
  readonly value: T | null;
}

export interface TapeEntry<T extends Traced> {
  readonly op: string;
  readonly inputs: readonly TapeSlot<T>[];
  readonly outputs: readonly TapeSlot<T>[];
}

/** Hears of a gradient: every op that was differentiated, from the targets back, then the sources. */
export interface TapeListener<T extends Traced> {
  /** First of all, where the ops ran as the kernels of a compiled graph: the times are those of the kernels. */
  ran(run: KernelRun): void;
  heard(entry: TapeEntry<T>, results: readonly (T | null)[], time: Span): void;
  finish(sources: readonly TapeSlot<T>[], gradients: readonly (T | null)[]): void;
}

/** Ops that hand a value on: on the way back they are no node of their own. */
const transparent = new Set(['ReadVariableOp', 'Identity']);

export function listen<T extends Traced>(
  recorder: Recorder,
  measure: (value: T) => Pick<OpDetails, 'norm' | 'nonFinite' | 'value'>,
): TapeListener<T> {
  /** The backward nodes whose results add up to the cotangent of a slot. */
  const cotangents = new Map<TapeSlot<T>, readonly number[]>();

  const mirrored = new Set<number>();
  /** The ops heard of so far, and the time of each in a compiled graph. */
  let count = 0;
  let timeOf: ReturnType<typeof kernelTimes> | undefined;

  /**
   * The forward node of an entry. What a tf.function did runs again for its gradient, with values of its own: then it is the
   * last node of that op that has such a result.
   */
  function mirrorOf({ op, outputs: [output] }: TapeEntry<T>): number | undefined {
    if (!output?.value) return undefined;
    const found = recorder.maker(output.value) ?? recorder.last(op, output.value, mirrored);
    if (found !== undefined) mirrored.add(found);
    return found;
  }

  /** Nodes that the cotangent of a slot comes from; a target that nothing was added to begins with its seed. */
  function incoming(slot: TapeSlot<T>): readonly number[] {
    const known = cotangents.get(slot);
    if (known || !slot.value) return known ?? [];
    const { dtype, shape } = slot.value;
    const forward = recorder.maker(slot.value);
    const seed = recorder.backward('seed', [{ dtype, shape }], forward);
    recorder.edge(forward ?? -1, seed, 'seed');
    cotangents.set(slot, [seed]);
    return [seed];
  }

  return {
    ran(run) {
      timeOf = kernelTimes(run, recorder);
    },
    heard(entry, results, time) {
      const own = timeOf?.(count++) ?? time;
      const { op, inputs, outputs } = entry;
      const made = results.filter(result => result !== null);
      const [first] = made;
      if (!first || !recorder.on) return;
      const before = outputs.flatMap((slot, i) => (i === 0 || cotangents.has(slot) ? incoming(slot) : []));
      const pass = (nodes: readonly number[]) =>
        results.forEach((result, i) => {
          const slot = inputs[i];
          if (result && slot) cotangents.set(slot, [...(cotangents.get(slot) ?? []), ...nodes]);
        });
      if (transparent.has(op)) return pass(before);
      const id = recorder.backward(`∂${op}`, made, mirrorOf(entry), { ...measure(first), ...own });
      for (const from of new Set(before)) recorder.edge(from, id, 'gradient');
      for (const { value } of inputs) if (value) recorder.edge(recorder.maker(value) ?? -1, id, 'saved');
      pass([id]);
    },
    finish(sources, gradients) {
      sources.forEach((slot, i) => {
        const gradient = gradients[i];
        if (!gradient || !recorder.on) return;
        const before = incoming(slot);
        const label = slot.value ? recorder.label(slot.value) : null;
        const id = recorder.backward(
          label === null ? 'gradient' : `∂${label}`,
          [gradient],
          slot.value ? recorder.maker(slot.value) : undefined,
          { ...measure(gradient), kind: 'gradient' },
        );
        for (const from of new Set(before)) recorder.edge(from, id, 'gradient');
      });
    },
  };
}
