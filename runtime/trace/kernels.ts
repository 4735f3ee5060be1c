// Time under fusion: it belongs to a kernel, and is shown once.
import type { KernelRun } from '../ir/span.ts';
import type { OpDetails, Recorder } from './recorder.ts';

/** Kernel and time of op `i`: of the ops of a kernel that are shown, the last one has the time of all of it. */
export function kernelTimes(
  { kernels, spans }: KernelRun,
  recorder: Recorder,
  shown: readonly number[] = [...kernels.keys()],
): (i: number) => Pick<OpDetails, 'kernel' | 'ms' | 'began'> {
  const last = new Map(shown.map(i => [kernels[i], i]));
  const numbers = new Map([...spans.keys()].map(kernel => [kernel, recorder.kernel()]));
  return i => {
    const kernel = kernels[i] ?? null;
    if (kernel === null) return { kernel, ms: null };
    const span = last.get(kernel) === i ? spans.get(kernel) : undefined;
    return { kernel: numbers.get(kernel) ?? null, ms: null, ...span };
  };
}
