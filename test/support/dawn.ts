// Dawn from npm. Keep it on a process's main thread: a worker that ends while it uses Dawn takes the process with it.
import { create } from 'webgpu';
import type { GpuHost } from '../../runtime/device/webgpu.ts';

/** Dawn's WebGPU with its options, for example `backend=null` (no GPU: counts and host times). */
export const dawn = (...options: string[]): GpuHost => create(options);
