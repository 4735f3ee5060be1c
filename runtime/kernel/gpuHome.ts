// The GPU of the kernel process: Dawn, opened at the first request, on the main thread (a worker that ends while it uses Dawn
// takes the process with it).
import { NotOnGpu } from '../emit/wgslBody.ts';
import { openGpu, type GpuHost, type PreparedPlan, type WebGpu } from '../device/webgpu.ts';
import type { Values } from '../emit/dense.ts';
import type { GpuAnswer, GpuRequest } from './gpuMessages.ts';
import { seen } from './gpuPort.ts';

/** Software adapters are for proving shaders right, never for work: only tests allow them. */
const allowFallback = process.env.TENSORLIFT_SOFTWARE_GPU === '1';

let opened: Promise<WebGpu | null> | null = null;

/** The device, or null: no Dawn for this platform, no driver, no adapter that is worth it. */
async function open(): Promise<WebGpu | null> {
  try {
    const { create } = (await import('webgpu')) as unknown as { create(options: string[]): GpuHost };
    return await openGpu(create([]), { allowFallback });
  } catch {
    return null;
  }
}

/** The plans of one interpreter. */
export class GpuHome {
  readonly #plans = new Map<number, PreparedPlan>();
  #next = 1;

  async answer(request: GpuRequest): Promise<GpuAnswer> {
    try {
      return await this.#answer(request);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { kind: error instanceof NotOnGpu ? 'refused' : 'failed', message };
    }
  }

  async #answer(request: GpuRequest): Promise<GpuAnswer> {
    const gpu = await (opened ??= open());
    if (request.ask === 'open')
      return { kind: 'device', name: gpu && nameOf(gpu), software: gpu?.info.isFallbackAdapter ?? false };
    if (!gpu) return { kind: 'refused', message: 'there is no GPU' };
    switch (request.ask) {
      case 'prepare': {
        const plan = this.#next++;
        this.#plans.set(plan, gpu.prepare(request.plan));
        return { kind: 'plan', plan };
      }
      case 'run': {
        const { memory, inputs, outputs } = request;
        const plan = this.#plans.get(request.plan);
        if (!plan) throw new Error(`the GPU has no plan ${request.plan}`);
        // Dawn takes no shared memory.
        const results = await plan.run(inputs.map(part => seen(memory, part).slice()));
        outputs.forEach((part, i) => seen(memory, part).set(results[i] as Values as never));
        return { kind: 'done' };
      }
      case 'release':
        this.#plans.get(request.plan)?.destroy();
        this.#plans.delete(request.plan);
        return { kind: 'done' };
    }
  }

  /** The interpreter has ended. */
  dispose(): void {
    for (const plan of this.#plans.values()) plan.destroy();
    this.#plans.clear();
  }
}

const nameOf = ({ info }: WebGpu): string =>
  info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'GPU';
