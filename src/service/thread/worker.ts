// Entry of the service's thread. Calls run side by side except where they share the kernel, which takes one program at a time.
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { Kernel, KernelError } from '../../kernel/index.ts';
import { methods, withoutKernel, type FromThread, type Method, type ToThread } from './methods.ts';

/** A kernel that nobody used for this long is ended. */
const idleMs = 60_000;
const post = (message: FromThread) => parentPort?.postMessage(message);
const running = new Map<number, AbortController>();
let roots: readonly string[] = [];
let kernel: Promise<Kernel> | null = null;
let idle: NodeJS.Timeout | null = null;
/** Comparisons wait for each other here. */
let turn: Promise<unknown> = Promise.resolve();

/** Folders of files outside of `roots` that were compared. */
let more: readonly string[] = [];

const covers = (root: string, folder: string): boolean => {
  const way = path.relative(root, folder);
  return !way.startsWith('..') && !path.isAbsolute(way);
};

function startKernel(file: string): Promise<Kernel> {
  const folder = path.isAbsolute(file) ? path.dirname(file) : null;
  if (folder !== null && ![...roots, ...more].some(root => covers(root, folder))) {
    stopKernel();
    more = [...more, folder];
  }
  kernel ??= Kernel.start({ roots: [...roots, ...more] }, { closed: () => (kernel = null) });
  kernel.catch(() => (kernel = null));
  return kernel;
}

function stopKernel(): void {
  const old = kernel;
  kernel = null;
  void old?.then(
    each => each.close(),
    () => undefined,
  );
}

type Call = (around: Parameters<(typeof methods)['inspect']>[0], ...args: unknown[]) => Promise<unknown>;

async function call(id: number, method: Method, args: readonly unknown[]): Promise<void> {
  const control = new AbortController();
  running.set(id, control);
  const action = () => (methods[method] as Call)({ signal: control.signal, kernel: startKernel }, ...args);
  try {
    const answer = withoutKernel.has(method) ? action() : (turn = turn.then(action, action));
    post({ type: 'answer', id, value: await answer });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const detail = error instanceof KernelError ? error.detail : error instanceof Error ? (error.stack ?? '') : '';
    post({ type: 'error', id, message, detail });
  } finally {
    running.delete(id);
    if (idle) clearTimeout(idle);
    idle = setTimeout(stopKernel, idleMs);
    idle.unref();
  }
}

parentPort?.on('message', (message: ToThread) => {
  switch (message.type) {
    case 'call':
      return void call(message.id, message.method, message.args);
    case 'cancel':
      return running.get(message.id)?.abort();
    case 'roots':
      if (roots.join('\n') !== message.roots.join('\n')) stopKernel();
      roots = message.roots;
  }
});
