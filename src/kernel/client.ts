// The kernel as the rest of the program sees it: start it, run programs in it, cancel, restart, close.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { FromKernel, KernelOptions, Program, RunDone, ToKernel } from '../shared/protocol.ts';
import type { Figure, Slice, SliceRequest, TensorRow } from '../shared/tensors.ts';
import type { LineResult } from '../shared/trace.ts';
import { assetPath } from './assets.ts';
import { nodeChoices } from './chooseNode.ts';
import type { NodeChoice } from './chooseNode.ts';
import { KernelError } from './error.ts';

export interface RunEvents {
  output?(stream: 'stdout' | 'stderr', text: string): void;
  line?(line: LineResult): void;
  /** The top-level statement that begins at this line ran to its end. */
  ran?(line: number): void;
  figure?(figure: Figure): void;
  /** Python asks for a line of input; null is the end of the input. */
  input?(): Promise<string | null> | string | null;
}

export interface KernelEvents {
  /** The interpreter was replaced; its names are gone. */
  restarted?(reason: string): void;
  /** The process ended although nobody closed it. */
  closed?(): void;
}

/** How a kernel is started; `node` is an executable to try before all others. */
export type StartOptions = Partial<KernelOptions> & { readonly node?: string };

export interface SliceAnswer {
  readonly slice: Slice | null;
  /** Why there is none: the name is gone, or the request does not fit it. */
  readonly problem?: string;
}

interface Pending {
  readonly id: number;
  readonly events: RunEvents;
  resolve(done: RunDone): void;
  reject(error: KernelError): void;
}

const defaults: KernelOptions = { roots: [], standby: false, environment: {} };

export class Kernel {
  /** Milliseconds from the start of the process until Python was ready. */
  startMs = 0;
  readonly #child: ChildProcess;
  readonly #events: KernelEvents;
  #pending: Pending | null = null;
  /** Questions about names and arrays that were not answered yet. */
  readonly #questions = new Map<number, { resolve(answer: unknown): void; reject(error: KernelError): void }>();
  #nextId = 1;
  #closed = false;

  private constructor(child: ChildProcess, events: KernelEvents) {
    this.#child = child;
    this.#events = events;
    child.on('message', message => this.#receive(message as FromKernel));
    child.on('exit', (code, signal) => {
      const error = new KernelError(`The kernel process ended (${signal ?? `code ${code}`}).`);
      this.#pending?.reject(error);
      this.#pending = null;
      for (const question of this.#questions.values()) question.reject(error);
      this.#questions.clear();
      if (!this.#closed) events.closed?.();
      this.#closed = true;
    });
  }

  /** Starts a kernel with the first executable that works; resolves when Python is ready. */
  static async start(options: StartOptions = {}, events: KernelEvents = {}): Promise<Kernel> {
    const failures: string[] = [];
    for (const choice of nodeChoices(options.node)) {
      try {
        return await Kernel.#startWith(choice, { ...defaults, ...options }, events);
      } catch (error) {
        failures.push(
          `${choice.path}: ${error instanceof KernelError ? `${error.message} ${error.detail}` : String(error)}`,
        );
      }
    }
    throw new KernelError('The Python runtime could not start.', failures.join('\n'));
  }

  static #startWith(choice: NodeChoice, options: KernelOptions, events: KernelEvents): Promise<Kernel> {
    const started = performance.now();
    const child = spawn(choice.path, [assetPath('kernel/process.js')], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
      windowsHide: true,
      env: { ...process.env, NODE_OPTIONS: '', ...choice.environment },
    });
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-4000)));
    return new Promise((resolve, reject) => {
      const fail = (message: string, detail: string) => {
        child.kill('SIGKILL');
        reject(new KernelError(message, detail));
      };
      const ended = (code: number | null) => fail(`It ended with code ${code} at its start.`, errors);
      child.once('error', error => fail(error.message, errors));
      child.once('exit', ended);
      const first = (message: FromKernel) => {
        if (message.type === 'failed') return fail(message.message, message.detail);
        if (message.type !== 'ready') return;
        child.off('message', first);
        child.off('exit', ended);
        const kernel = new Kernel(child, events);
        kernel.startMs = performance.now() - started;
        resolve(kernel);
      };
      child.on('message', first);
      child.send({ type: 'start', options } satisfies ToKernel);
    });
  }

  /** Runs one program; one at a time. `timeout` in milliseconds. */
  run(program: Program, events: RunEvents = {}, timeout?: number): Promise<RunDone> {
    if (this.#closed) return Promise.reject(new KernelError('The kernel is closed.'));
    if (this.#pending) return Promise.reject(new KernelError('The kernel is busy with another program.'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending = { id, events, resolve, reject };
      this.#send({ type: 'run', id, program, ...(timeout === undefined ? {} : { timeout }) });
    });
  }

  /** The arrays and tensors that a namespace holds. */
  tensors(namespace: string): Promise<readonly TensorRow[]> {
    return this.#ask(id => ({ type: 'tensors', id, namespace }));
  }

  /** The arguments of calls in the last run of a namespace that kept them, for `compare`. */
  calls(namespace: string): Promise<string> {
    return this.#ask(id => ({ type: 'calls', id, namespace }));
  }

  slice(request: SliceRequest): Promise<SliceAnswer> {
    return this.#ask(id => ({ type: 'slice', id, request }));
  }

  /** Frees what a namespace holds; a program that runs in it ends first. */
  forget(namespace: string): void {
    this.#send({ type: 'forget', namespace });
  }

  #ask<Answer>(question: (id: number) => ToKernel): Promise<Answer> {
    if (this.#closed) return Promise.reject(new KernelError('The kernel is closed.'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#questions.set(id, { resolve: answer => resolve(answer as Answer), reject });
      this.#send(question(id));
    });
  }

  #answer(id: number, answer: unknown): void {
    this.#questions.get(id)?.resolve(answer);
    this.#questions.delete(id);
  }

  /** KeyboardInterrupt, as by Ctrl+C; a program that does not react is ended after two seconds. */
  interrupt(): void {
    this.#send({ type: 'interrupt' });
  }

  restart(): void {
    this.#send({ type: 'restart' });
  }

  /** Ends the process; resolves when it is gone. */
  close(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#closed = true;
    return new Promise(resolve => {
      this.#child.once('exit', () => resolve());
      this.#child.disconnect();
      const kill = setTimeout(() => this.#child.kill('SIGKILL'), 1000);
      this.#child.once('exit', () => clearTimeout(kill));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  #send(message: ToKernel): void {
    if (this.#child.connected) this.#child.send(message);
  }

  #receive(message: FromKernel): void {
    switch (message.type) {
      case 'output':
        return this.#pending?.events.output?.(message.stream, message.text);
      case 'line':
        return this.#pending?.events.line?.(message.line);
      case 'ran':
        return this.#pending?.events.ran?.(message.line);
      case 'figure':
        return this.#pending?.events.figure?.(message.figure);
      case 'tensors':
        return this.#answer(message.id, message.tensors);
      case 'calls':
        return this.#answer(message.id, message.calls);
      case 'slice':
        return this.#answer(message.id, message);
      case 'input':
        return void Promise.resolve(this.#pending?.events.input?.() ?? null).then(text =>
          this.#send({ type: 'input', text }),
        );
      case 'done': {
        const pending = this.#pending;
        if (pending?.id !== message.id) return;
        this.#pending = null;
        return pending.resolve(message.result);
      }
      case 'restarted':
        return this.#events.restarted?.(message.reason);
      case 'ready':
        return;
      case 'failed':
        this.#pending?.reject(new KernelError(message.message, message.detail));
        this.#pending = null;
    }
  }
}
