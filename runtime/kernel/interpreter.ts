// One interpreter as the main thread of the kernel process sees it: a worker, the memory shared with it, and what it says.
import { readFileSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { Worker } from 'node:worker_threads';
import type { KernelOptions, Program } from '../../src/shared/protocol.ts';
import { MainEnd, createShared, frames } from './channel.ts';
import { kernelPath } from './files.ts';
import { GpuHome } from './gpuHome.ts';
import type { Answer, FromWorker, Question, ToWorker, WorkerSetup } from './messages.ts';
import { answerFileRequest } from './readFiles.ts';

/** Stack of the interpreter's thread: with 4 MB, freeing an ordinary list of 30,000 linked objects kills it. */
const stackMegabytes = 64;
/** How often the interrupt byte is set again while user code runs (a handler of the program may swallow one). */
const interruptEvery = 10;
/** Output is passed on at most this often, in milliseconds. */
const outputEvery = 8;

export type Done = Extract<FromWorker, { type: 'done' }>;
export type { Answer };

export interface InterpreterEvents {
  output(stream: 'stdout' | 'stderr', text: string): void;
  event(json: string): void;
  input(): void;
  answered(answer: Answer): void;
  /** The worker ended although nobody asked it to, or said that it is damaged. */
  died(message: string): void;
}

/** Reads what every interpreter of this process shares, once. */
export function loadAssets(base: URL) {
  const read = (name: string) => new Uint8Array(readFileSync(new URL(name, base)));
  return {
    folder: new URL('../pyodide/', base).href,
    module: WebAssembly.compile(read('../pyodide/pyodide.asm.wasm')),
    standardLibrary: read('../python/stdlib.zip'),
    packages: read('../python/packages.zip'),
    workerFile: new URL('worker.js', base),
  };
}
export type Assets = ReturnType<typeof loadAssets>;

export class Interpreter {
  readonly ready: Promise<void>;
  events: InterpreterEvents | null = null;
  readonly #shared = createShared();
  readonly #end = new MainEnd(this.#shared);
  readonly #gpu = new GpuHome();
  readonly #worker: Promise<Worker>;
  readonly #decoders = {
    stdout: new StringDecoder('utf8'),
    stderr: new StringDecoder('utf8'),
    event: new StringDecoder('utf8'),
  };
  /** The parts of a long event so far. */
  #event = '';
  #finish: ((done: Done) => void) | null = null;
  #ended = false;
  #drainedAt = 0;
  #drainTimer: NodeJS.Timeout | null = null;

  constructor(assets: Assets, options: KernelOptions) {
    let isReady: () => void;
    let isNot: (error: Error) => void;
    this.ready = new Promise((resolve, reject) => ([isReady, isNot] = [resolve, reject]));
    this.ready.catch(() => undefined);
    this.#worker = assets.module.then(module => {
      const worker = new Worker(assets.workerFile, {
        workerData: {
          shared: this.#shared,
          assets: assets.folder,
          module,
          standardLibrary: assets.standardLibrary,
          packages: assets.packages,
          roots: options.roots,
          environment: options.environment,
          ...(options.memoryLimit === undefined ? {} : { memoryLimit: options.memoryLimit }),
        } satisfies WorkerSetup,
        env: {},
        stderr: false,
        resourceLimits: { stackSizeMb: stackMegabytes },
      });
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'ready') isReady();
        else this.#receive(message, options.roots);
      });
      const end = (error: Error) => {
        isNot(error);
        if (this.#ended) return;
        this.#ended = true;
        this.#drain();
        this.events?.died(error.message);
      };
      worker.on('error', end);
      worker.on('exit', code => end(new Error(`the interpreter's thread ended with code ${code}`)));
      return worker;
    });
  }

  /** Runs a program; never resolves when the worker ends before it does. */
  run(program: Program): Promise<Done> {
    const inner = {
      ...program,
      file: kernelPath(program.path),
      folder: kernelPath(program.folder),
      paths: program.paths.map(kernelPath),
    };
    return new Promise(resolve => {
      this.#finish = resolve;
      void this.#worker.then(worker => worker.postMessage({ type: 'run', program: inner } satisfies ToWorker));
    });
  }

  /** Asks after the program that runs; the answer is an event. */
  ask(question: Question): void {
    void this.#worker.then(worker => worker.postMessage(question satisfies ToWorker));
  }

  /** Frees a namespace after the program that runs. */
  forget(namespace: string): void {
    void this.#worker.then(worker => worker.postMessage({ type: 'forget', namespace } satisfies ToWorker));
  }

  /** Raises KeyboardInterrupt until user code ended; false when it still runs after `grace` milliseconds. */
  interrupt(grace: number): Promise<boolean> {
    const started = performance.now();
    const program = this.#finish;
    return new Promise(resolve => {
      const again = () => {
        // Another program may have begun in between: it is not meant.
        if (this.#ended || !program || this.#finish !== program) return settle(true);
        if (performance.now() - started > grace) return settle(false);
        if (this.#end.running) this.#end.interrupt();
      };
      const timer = setInterval(again, interruptEvery);
      const settle = (ended: boolean) => {
        clearInterval(timer);
        resolve(ended);
      };
      again();
    });
  }

  answerInput(text: string | null): void {
    this.#end.answer(text === null ? null : new TextEncoder().encode(text));
  }

  async terminate(): Promise<void> {
    this.#ended = true;
    this.#drain();
    await (await this.#worker).terminate();
    this.#gpu.dispose();
  }

  #receive(message: FromWorker, roots: readonly string[]): void {
    switch (message.type) {
      case 'ready':
        return;
      case 'output':
        return this.#drainSoon();
      case 'file':
        return this.#end.answer(answerFileRequest(roots, message.request));
      case 'gpu':
        return void this.#gpu
          .answer(message.request)
          .then(answer => this.#end.answer(new TextEncoder().encode(JSON.stringify(answer))));
      case 'input':
        this.#drain();
        return this.events?.input();
      case 'tensors':
      case 'calls':
      case 'slice':
        return this.events?.answered(message);
      case 'done':
        this.#drain();
        this.#finish?.(message);
        this.#finish = null;
        return;
      case 'fatal':
        this.#ended = true;
        this.#drain();
        this.events?.died(message.message);
    }
  }

  #drainSoon(): void {
    const wait = outputEvery - (performance.now() - this.#drainedAt);
    if (wait <= 0) this.#drain();
    else this.#drainTimer ??= setTimeout(() => this.#drain(), wait);
  }

  /** Passes everything in the ring on, joined where neighbours go the same way. */
  #drain(): void {
    if (this.#drainTimer) clearTimeout(this.#drainTimer);
    this.#drainTimer = null;
    this.#drainedAt = performance.now();
    let stream: 'stdout' | 'stderr' = 'stdout';
    let text = '';
    const pass = () => {
      if (text) this.events?.output(stream, text);
      text = '';
    };
    for (const { kind, bytes } of this.#end.drain()) {
      if (kind === frames.event || kind === frames.eventPart) {
        pass();
        this.#event += this.#decoders.event.write(Buffer.from(bytes));
        if (kind === frames.eventPart) continue;
        this.events?.event(this.#event);
        this.#event = '';
        continue;
      }
      const next = kind === frames.stdout ? 'stdout' : 'stderr';
      if (next !== stream) pass();
      stream = next;
      text += this.#decoders[stream].write(Buffer.from(bytes));
    }
    pass();
  }
}
