// The interpreter's end of the border to the GPU: a request, a sleep, an answer.
import { arrayTypes, type Values } from '../emit/dense.ts';
import { NotOnGpu } from '../emit/wgslBody.ts';
import { sizeOf } from '../ir/layout.ts';
import { dtypes, type DType } from '../../src/shared/dtypes.ts';
import type { GpuPort } from '../device/gpu.ts';
import type { GpuAnswer, GpuRequest, Part } from './gpuMessages.ts';

export interface OpenPort extends GpuPort {
  /** Whether the device that `open` found is software; for tests. */
  readonly software: boolean;
}

/** `ask` sends a request and sleeps until it is answered. */
export function gpuPort(ask: (request: GpuRequest) => GpuAnswer): OpenPort {
  let name: string | null | undefined;
  let software = false;
  const expect = <Kind extends GpuAnswer['kind']>(kind: Kind, answer: GpuAnswer): GpuAnswer & { kind: Kind } => {
    if (answer.kind === kind) return answer as GpuAnswer & { kind: Kind };
    if (answer.kind === 'refused') throw new NotOnGpu(answer.message);
    throw new Error(answer.kind === 'failed' ? answer.message : 'the GPU answered something else');
  };
  return {
    get software() {
      return software;
    },
    open() {
      if (name === undefined) {
        const answer = expect('device', ask({ ask: 'open' }));
        [name, software] = [answer.name, answer.software];
      }
      return name;
    },
    prepare: plan => expect('plan', ask({ ask: 'prepare', plan })).plan,
    run(plan, values, results) {
      let bytes = 0;
      const place = (dtype: DType, elements: number): Part => {
        const offset = bytes;
        bytes = Math.ceil((bytes + elements * dtypes[dtype].bytes) / 8) * 8;
        return { dtype, elements, offset };
      };
      const inputs = values.map(value => place(dtypeOf(value), value.length));
      const outputs = results.map(({ dtype, shape }) => place(dtype, sizeOf(shape)));
      const memory = new SharedArrayBuffer(Math.max(bytes, 8));
      values.forEach((value, i) => seen(memory, inputs[i] as Part).set(value as never));
      expect('done', ask({ ask: 'run', plan, memory, inputs, outputs }));
      return outputs.map(part => seen(memory, part));
    },
    release(plan) {
      ask({ ask: 'release', plan });
    },
  };
}

/** bool travels as bytes, like uint8. */
const dtypeOf = (values: Values): DType =>
  values instanceof Float32Array ? 'float32' : values instanceof Int32Array ? 'int32' : 'bool';

/** An array in shared memory. */
export const seen = (memory: SharedArrayBuffer, { dtype, elements, offset }: Part): Values =>
  new arrayTypes[dtype](memory as unknown as ArrayBuffer, offset, elements);
