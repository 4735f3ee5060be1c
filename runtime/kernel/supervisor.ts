// Keeps one interpreter at work: runs programs with a time limit, cancels them, replaces an interpreter that died or does not
// listen, and holds a warm one in reserve where that is wanted.
import type { FromKernel, KernelOptions, Program, RunDone, RunStatus } from '../../src/shared/protocol.ts';
import type { Figure } from '../../src/shared/tensors.ts';
import type { LineResult } from '../../src/shared/trace.ts';
import { Interpreter } from './interpreter.ts';
import type { Answer, Assets, Done } from './interpreter.ts';
import { noAnswer, type Question } from './messages.ts';

/** How long a program may ignore KeyboardInterrupt before its interpreter is replaced. */
const graceMs = 2000;
const wasm: RunDone['device'] = { name: 'WebAssembly', kind: 'wasm', software: false };

export class Supervisor {
  readonly #assets: Assets;
  readonly #options: KernelOptions;
  readonly #send: (message: FromKernel) => void;
  #current: Interpreter;
  #standby: Interpreter | null = null;
  /** Ends the run at hand with a status when its interpreter cannot. */
  #abandon: ((status: RunStatus, message: string) => void) | null = null;
  /** Questions that were not answered yet. */
  readonly #questions = new Map<number, Question>();
  /** Why the run at hand was interrupted, if it was. */
  #cause: 'timeout' | 'interrupted' | null = null;

  constructor(assets: Assets, options: KernelOptions, send: (message: FromKernel) => void) {
    this.#assets = assets;
    this.#options = options;
    this.#send = send;
    this.#current = this.#adopt(new Interpreter(assets, options));
    void this.#announce();
  }

  async #announce(): Promise<void> {
    try {
      await this.#current.ready;
      this.#send({ type: 'ready', ms: performance.now() });
      if (this.#options.standby) this.#standby ??= new Interpreter(this.#assets, this.#options);
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#send({ type: 'failed', message: 'The Python interpreter could not start.', detail });
    }
  }

  #adopt(interpreter: Interpreter): Interpreter {
    interpreter.events = {
      output: (stream, text) => this.#send({ type: 'output', stream, text }),
      event: json => {
        const event = JSON.parse(json) as
          { readonly line: LineResult } | { readonly ran: number } | { readonly figure: Figure };
        if ('ran' in event) this.#send({ type: 'ran', line: event.ran });
        else if ('figure' in event) this.#send({ type: 'figure', figure: event.figure });
        else this.#send({ type: 'line', line: event.line });
      },
      input: () => this.#send({ type: 'input' }),
      answered: answer => this.#answer(answer),
      died: message => this.#replace('died', `The Python interpreter stopped: ${message}`),
    };
    return interpreter;
  }

  /** Runs a program; a status other than ok and error is told by `error.message`. */
  async run(id: number, program: Program, timeout?: number): Promise<void> {
    const started = performance.now();
    this.#cause = null;
    const limit = timeout === undefined ? null : setTimeout(() => void this.#cancel('timeout'), timeout);
    const result = await new Promise<RunDone>(resolve => {
      const ms = () => performance.now() - started;
      this.#abandon = (status, message) => {
        const error = { type: 'KernelError', message, traceback: '', range: null };
        resolve({ status, error, device: wasm, gradients: [], graph: { nodes: [], edges: [] }, ms: ms(), memory: 0 });
      };
      const interpreter = this.#current;
      interpreter.ready.catch((error: Error) => this.#abandon?.('died', error.message));
      // At once, even while it starts: the program waits in the worker's queue, and can be interrupted.
      void interpreter.run(program).then(done => resolve(this.#describe(done)));
    });
    this.#abandon = null;
    if (limit) clearTimeout(limit);
    this.#send({ type: 'done', id, result });
  }

  #describe({ result, graph, gradients, memory, gpu }: Done): RunDone {
    const interrupted = this.#cause !== null && result.error?.type === 'KeyboardInterrupt' ? this.#cause : null;
    const status = interrupted ?? (result.error ? 'error' : 'ok');
    const device: RunDone['device'] = gpu ? { ...gpu, kind: 'webgpu' } : wasm;
    return { status, error: result.error, device, gradients, graph, ms: result.ms, memory };
  }

  /** Passes a question on; it is answered after the program that runs. */
  ask(question: Question): void {
    this.#questions.set(question.id, question);
    this.#current.ask(question);
  }

  /** Frees a namespace; one of an interpreter that was replaced is gone anyway. */
  forget(namespace: string): void {
    this.#current.forget(namespace);
  }

  #answer(answer: Answer): void {
    if (this.#questions.delete(answer.id)) this.#send(answer);
  }

  interrupt(): Promise<void> {
    return this.#cancel('interrupted');
  }

  async #cancel(cause: 'timeout' | 'interrupted'): Promise<void> {
    if (!this.#abandon) return;
    this.#cause ??= cause;
    const interpreter = this.#current;
    if (await interpreter.interrupt(graceMs)) return;
    if (interpreter === this.#current)
      this.#replace(this.#cause, 'The program did not react and was ended; its names are gone.');
  }

  /** Gives up the interpreter at hand and puts another in its place. */
  #replace(status: RunStatus, reason: string): void {
    const old = this.#current;
    old.events = null;
    void old.terminate().catch(() => undefined);
    this.#abandon?.(status, reason);
    // The names that were asked for are gone with their interpreter.
    for (const question of this.#questions.values()) this.#answer(noAnswer(question, reason));
    this.#current = this.#adopt(this.#standby ?? new Interpreter(this.#assets, this.#options));
    this.#standby = null;
    this.#send({ type: 'restarted', reason });
    void this.#announce();
  }

  restart(): void {
    this.#replace('interrupted', 'The interpreter was restarted.');
  }

  input(text: string | null): void {
    this.#current.answerInput(text);
  }
}
