// The client of the kernel process.
export { assetPath } from './assets.ts';
export { Kernel } from './client.ts';
export type { KernelEvents, RunEvents, SliceAnswer, StartOptions } from './client.ts';
export { KernelError } from './error.ts';
