// The client of the kernel process.
export { Kernel, KernelError } from './client.ts';
export type { KernelEvents, RunEvents } from './client.ts';
export { assetPath } from './assets.ts';
