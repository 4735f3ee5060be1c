// The service as the editor calls it: the same functions, in a thread that starts at the first call.
import { Worker } from 'node:worker_threads';
import { assetPath, KernelError } from '../../kernel/index.ts';
import type { Answer, Arguments, FromThread, Method, ToThread } from './methods.ts';

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class ServiceThread {
  #worker: Worker | null = null;
  #next = 1;
  readonly #pending = new Map<number, Pending>();
  #roots: readonly string[] = [];

  /** Whether the thread has been started. */
  get running(): boolean {
    return this.#worker !== null;
  }

  /** Calls a use case; `signal` cancels it. Rejects with `KernelError` where the runtime failed. */
  call<Name extends Method>(method: Name, args: Arguments<Name>, signal?: AbortSignal): Promise<Answer<Name>> {
    const id = this.#next++;
    const worker = (this.#worker ??= this.#start());
    const cancel = () => worker.postMessage({ type: 'cancel', id } satisfies ToThread);
    signal?.addEventListener('abort', cancel, { once: true });
    return new Promise<Answer<Name>>((resolve, reject) => {
      this.#pending.set(id, { resolve: value => resolve(value as Answer<Name>), reject });
      worker.postMessage({ type: 'call', id, method, args } satisfies ToThread);
      if (signal?.aborted) cancel();
    }).finally(() => signal?.removeEventListener('abort', cancel));
  }

  /** Folders whose files compared programs may read. */
  setRoots(roots: readonly string[]): void {
    this.#roots = roots;
    this.#worker?.postMessage({ type: 'roots', roots } satisfies ToThread);
  }

  async dispose(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(assetPath('service.js'));
    worker.unref();
    worker.on('message', (message: FromThread) => {
      const pending = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.type === 'answer') pending?.resolve(message.value);
      else pending?.reject(new KernelError(message.message, message.detail));
    });
    const ended = (error: Error) => {
      if (this.#worker === worker) this.#worker = null;
      for (const pending of this.#pending.values()) pending.reject(error);
      this.#pending.clear();
    };
    worker.on('error', ended);
    worker.on('exit', code => ended(new KernelError(`The analysis thread ended (code ${code}).`)));
    worker.postMessage({ type: 'roots', roots: this.#roots } satisfies ToThread);
    return worker;
  }
}
