// The use cases that run in a thread of their own, so that a long analysis never holds up the editor. A row is a function of the
// service; its last parameter takes what cannot travel in a message (signal, kernel) and is filled in by the worker.
import type { Kernel } from '../../kernel/index.ts';
import { convert, type ConvertOptions } from '../convert.ts';
import { grad, type GradOptions } from '../grad.ts';
import { inspect } from '../inspect.ts';
import { verify } from '../verify.ts';

/** What the worker adds: a signal that the client can raise, and the kernel in which programs are compared. */
export interface Around {
  readonly signal: AbortSignal;
  /** One that may read the folder of this file. */
  kernel(file: string): Promise<Kernel>;
}
type Sent<Options> = Omit<Options, 'signal' | 'kernel'>;

/** Both sides of a comparison run in the worker's kernel, unless the user's own Python was asked for. */
const inKernel = async <Options extends { readonly python?: string }>(
  options: Options,
  file: string,
  { signal, kernel }: Around,
) => ({
  ...options,
  signal,
  ...(options.python === undefined ? { kernel: await kernel(file) } : {}),
});

export const methods = {
  inspect: (_: Around, text: string, path: string) => inspect(text, path),
  /** The conversion without a verdict: it needs no kernel. */
  rewrite: (_: Around, text: string, path: string, options: Sent<ConvertOptions> = {}) =>
    convert(text, path, { ...options, verify: false }),
  convert: async (around: Around, text: string, path: string, options: Sent<ConvertOptions> = {}) =>
    convert(text, path, options.verify === false ? { ...options } : await inKernel(options, path, around)),
  verify: async (
    around: Around,
    original: string,
    converted: string,
    filename: string,
    options: Sent<ConvertOptions> = {},
  ) => verify(original, converted, filename, await inKernel(options, filename, around)),
  grad: async ({ signal, kernel }: Around, text: string, path: string, name: string, options: Sent<GradOptions> = {}) =>
    grad(text, path, name, { ...options, signal, kernel: await kernel(path) }),
};

/** What needs no kernel never waits for a program that runs. */
export const withoutKernel: ReadonlySet<Method> = new Set<Method>(['inspect', 'rewrite']);

export type Methods = typeof methods;
export type Method = keyof Methods;
type Tail<List extends readonly unknown[]> = List extends readonly [unknown, ...infer Rest] ? Rest : never;
export type Arguments<Name extends Method> = Tail<Parameters<Methods[Name]>>;
export type Answer<Name extends Method> = Awaited<ReturnType<Methods[Name]>>;

export type ToThread =
  | { readonly type: 'call'; readonly id: number; readonly method: Method; readonly args: readonly unknown[] }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'roots'; readonly roots: readonly string[] };
export type FromThread =
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly message: string; readonly detail: string };
