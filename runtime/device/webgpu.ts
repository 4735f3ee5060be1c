// Runs plans of kernels on a WebGPU device: pipelines are cached by source, buffers and bind groups belong to the
// prepared plan, a run is one encoder and one compute pass, results come back through one staging buffer.
// Nothing here knows where the device comes from: a browser page, Dawn in a process of its own, or a test.
import type { DType } from '../../src/shared/dtypes.ts';
import { newValues, type Values } from '../emit/dense.ts';
import { emitWgsl, maxWorkgroups } from '../emit/wgsl.ts';
import { NotOnGpu } from '../emit/wgslBody.ts';
import type { Kernel } from '../schedule/kernel.ts';

/** Where a GPU may come from: `navigator.gpu` of a page, or Dawn's. The runtime never asks for more than this. */
export interface GpuHost {
  requestAdapter(options?: GPURequestAdapterOptions): Promise<GPUAdapter | null>;
}

export interface PlanBuffer {
  readonly dtype: DType;
  readonly elements: number;
  /** Values that never change; they are uploaded once. */
  readonly constant?: Values;
}

/** Kernels in order, over numbered buffers. A buffer that is written is no operand of the same kernel. */
export interface GpuPlan {
  readonly buffers: readonly PlanBuffer[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly steps: readonly {
    readonly kernel: Kernel;
    /** For each of the kernel's buffers, the number in the plan. */
    readonly buffers: readonly number[];
    readonly params?: readonly number[];
  }[];
}

/** Stage flags, by their fixed values: the globals of that name exist in browsers only. */
const usage = { mapRead: 1, copySource: 4, copyTarget: 8, storage: 128 } as const;
const mapRead = 1;

/** The adapter is software, which is slower than the wasm device; or there is none. */
export class NoGpu extends Error {
  override readonly name = 'NoGpu';
}

/** @throws {NoGpu} without an adapter, or with a software one unless `allowFallback` (tests) says so. */
export async function openGpu(host: GpuHost, { allowFallback = false } = {}): Promise<WebGpu> {
  const adapter = await host.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new NoGpu('no WebGPU adapter was found');
  if (adapter.info.isFallbackAdapter && !allowFallback)
    throw new NoGpu(`the only WebGPU adapter is software (${adapter.info.architecture})`);
  const { maxStorageBuffersPerShaderStage, maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxStorageBuffersPerShaderStage, maxStorageBufferBindingSize, maxBufferSize },
  });
  return new WebGpu(host, device, adapter.info);
}

export class WebGpu {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
  /** Held, not used: Dawn dies when its instance is collected before the device. */
  readonly host: GpuHost;
  readonly #pipelines = new Map<string, GPUComputePipeline>();
  #failure: string | null = null;

  constructor(host: GpuHost, device: GPUDevice, info: GPUAdapterInfo) {
    this.host = host;
    this.device = device;
    this.info = info;
    device.addEventListener('uncapturederror', ({ error }) => (this.#failure ??= error.message));
    void device.lost.then(({ reason, message }) => {
      if (reason !== 'destroyed') this.#failure ??= `the GPU was lost: ${message}`;
    });
  }

  /** How many different shaders were compiled. */
  get pipelines(): number {
    return this.#pipelines.size;
  }

  pipeline(code: string): GPUComputePipeline {
    let found = this.#pipelines.get(code);
    if (!found) {
      const module = this.device.createShaderModule({ code });
      found = this.device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'main' } });
      this.#pipelines.set(code, found);
    }
    return found;
  }

  /** Throws what WebGPU complained of since the last call. */
  check(): void {
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw new Error(`WebGPU: ${failure}`);
  }

  /** Allocates buffers, compiles shaders and binds. @throws {NotOnGpu} */
  prepare(plan: GpuPlan): PreparedPlan {
    return new PreparedPlan(this, plan);
  }

  destroy(): void {
    this.device.destroy();
  }
}

interface Command {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly x: number;
  readonly y: number;
}

/** A plan with everything that does not change between runs. Runs of one plan follow one another. */
export class PreparedPlan {
  readonly #gpu: WebGpu;
  readonly #plan: GpuPlan;
  readonly #owned: GPUBuffer[] = [];
  readonly #buffers: readonly GPUBuffer[];
  readonly #commands: readonly Command[];
  readonly #staging: GPUBuffer;
  #last: Promise<unknown> = Promise.resolve();

  constructor(gpu: WebGpu, plan: GpuPlan) {
    this.#gpu = gpu;
    this.#plan = plan;
    const emitted = plan.steps.map(({ kernel }) => emitWgsl(kernel));
    const { maxStorageBuffersPerShaderStage: most, maxStorageBufferBindingSize: largest } = gpu.device.limits;
    for (const { passes, params } of emitted) {
      const bound = Math.max(...passes.map(({ bindings }) => bindings.length)) + (params > 0 ? 1 : 0);
      if (bound > most) throw new NotOnGpu(`a kernel needs ${bound} buffers, the GPU binds ${most}`);
    }
    for (const { elements } of plan.buffers)
      if (elements * 4 > largest) throw new NotOnGpu(`${elements * 4} bytes do not fit in a buffer of the GPU`);

    this.#buffers = this.#allocate();
    this.#commands = plan.steps.flatMap((step, i) => {
      const { passes, scratch, params } = emitted[i] ?? { passes: [], scratch: [], params: 0 };
      const all = [...step.buffers.map(b => this.#buffer(b)), ...scratch.map(n => this.#create(n))];
      const given = params > 0 ? [this.#upload(Int32Array.from(step.params ?? []))] : [];
      return passes.flatMap(({ source, bindings, workgroups }): Command[] => {
        const count = workgroups(step.params ?? []);
        if (count === 0) return [];
        const bound = [...bindings.map(({ buffer }) => all[buffer] as GPUBuffer), ...given];
        const pipeline = gpu.pipeline(source);
        const group = gpu.device.createBindGroup({
          layout: pipeline.getBindGroupLayout(0),
          entries: bound.map((buffer, binding) => ({ binding, resource: { buffer } })),
        });
        const x = Math.min(count, maxWorkgroups);
        return [{ pipeline, group, x, y: Math.ceil(count / x) }];
      });
    });
    this.#staging = this.#create(
      plan.outputs.reduce((sum, output) => sum + this.#elements(output), 0),
      usage.mapRead | usage.copyTarget,
    );
    gpu.check();
  }

  /** Dispatches of a run. */
  get dispatches(): number {
    return this.#commands.length;
  }

  /** Bytes of GPU memory that the plan holds. */
  get bytes(): number {
    return this.#owned.reduce((sum, { size }) => sum + size, 0);
  }

  /** The values of the outputs, row-major. @throws {NotOnGpu} for int64 inputs that do not fit in 32 bits. */
  run(inputs: readonly Values[]): Promise<Values[]> {
    const now = this.#last.then(() => this.#run(inputs));
    this.#last = now.catch(() => undefined);
    return now;
  }

  /** Puts the inputs where runs read them. @throws {NotOnGpu} for int64 inputs that do not fit in 32 bits. */
  upload(inputs: readonly Values[]): void {
    this.#plan.inputs.forEach((buffer, i) => {
      const words = toWords(inputs[i] as Values);
      if (words.length > 0) this.#gpu.device.queue.writeBuffer(this.#buffer(buffer), 0, words);
    });
  }

  /** Runs `times` over on the inputs that were uploaded, and waits; nothing is read back. */
  async replay(times: number): Promise<void> {
    for (let i = 0; i < times; i++) this.#gpu.device.queue.submit([this.#encode().finish()]);
    await this.#gpu.device.queue.onSubmittedWorkDone();
    this.#gpu.check();
  }

  destroy(): void {
    for (const buffer of this.#owned) buffer.destroy();
  }

  #encode(): GPUCommandEncoder {
    const encoder = this.#gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const { pipeline, group, x, y } of this.#commands) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(x, y);
    }
    pass.end();
    return encoder;
  }

  async #run(inputs: readonly Values[]): Promise<Values[]> {
    const { device } = this.#gpu;
    this.upload(inputs);
    const encoder = this.#encode();
    let offset = 0;
    const places = this.#plan.outputs.map(output => {
      const [from, bytes] = [offset, this.#elements(output) * 4];
      if (bytes > 0) encoder.copyBufferToBuffer(this.#buffer(output), 0, this.#staging, from, bytes);
      offset += bytes;
      return from;
    });
    device.queue.submit([encoder.finish()]);
    await this.#staging.mapAsync(mapRead);
    const mapped = this.#staging.getMappedRange();
    const results = this.#plan.outputs.map((output, i) =>
      fromWords(mapped, places[i] ?? 0, this.#plan.buffers[output]?.dtype ?? 'float32', this.#elements(output)),
    );
    this.#staging.unmap();
    this.#gpu.check();
    return results;
  }

  #buffer(number: number): GPUBuffer {
    const found = this.#buffers[number];
    if (!found) throw new RangeError(`the plan has no buffer ${number}`);
    return found;
  }

  #elements(number: number): number {
    return this.#plan.buffers[number]?.elements ?? 0;
  }

  #create(elements: number, flags: number = usage.storage | usage.copySource | usage.copyTarget): GPUBuffer {
    const buffer = this.#gpu.device.createBuffer({ size: Math.max(elements, 1) * 4, usage: flags });
    this.#owned.push(buffer);
    return buffer;
  }

  #upload(words: Words): GPUBuffer {
    const buffer = this.#create(words.length);
    if (words.length > 0) this.#gpu.device.queue.writeBuffer(buffer, 0, words);
    return buffer;
  }

  /** A buffer for each number; temporaries of one size share one when their lives do not overlap. */
  #allocate(): GPUBuffer[] {
    const { buffers, inputs, outputs, steps } = this.#plan;
    const lasting = new Set([...inputs, ...outputs]);
    const lastUse = new Map<number, number>();
    steps.forEach((step, i) => step.buffers.forEach(buffer => lastUse.set(buffer, i)));
    const placed: GPUBuffer[] = [];
    buffers.forEach(({ elements, constant }, i) => {
      if (constant) placed[i] = this.#upload(toWords(constant));
      else if (lasting.has(i)) placed[i] = this.#create(elements);
    });
    const free = new Map<number, GPUBuffer[]>();
    steps.forEach((step, now) => {
      for (const i of step.buffers)
        placed[i] ??= free.get(buffers[i]?.elements ?? 0)?.pop() ?? this.#create(buffers[i]?.elements ?? 0);
      for (const i of new Set(step.buffers)) {
        const temporary = !lasting.has(i) && buffers[i]?.constant === undefined;
        const buffer = placed[i];
        if (!temporary || lastUse.get(i) !== now || !buffer) continue;
        const elements = buffers[i]?.elements ?? 0;
        free.set(elements, [...(free.get(elements) ?? []), buffer]);
      }
    });
    return placed;
  }
}

type Words = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** Values as they lie in GPU memory: four bytes each. */
function toWords(values: Values): Words {
  if (values instanceof Float32Array || values instanceof Int32Array) return values as Words;
  if (values instanceof Uint8Array) return Uint32Array.from(values);
  if (values instanceof BigInt64Array) {
    return Int32Array.from(values, value => {
      if (BigInt.asIntN(32, value) !== value) throw new NotOnGpu(`the int64 value ${value} does not fit in 32 bits`);
      return Number(value);
    });
  }
  throw new NotOnGpu(`the elements of ${values.constructor.name} do not exist on the GPU`);
}

function fromWords(memory: ArrayBuffer, offset: number, dtype: DType, elements: number): Values {
  const out = newValues(dtype, elements);
  if (out instanceof BigInt64Array) out.set(BigInt64Array.from(new Int32Array(memory, offset, elements), BigInt));
  else {
    const words =
      dtype === 'float32' ? new Float32Array(memory, offset, elements) : new Int32Array(memory, offset, elements);
    (out as Float64Array).set(words);
  }
  return out;
}
