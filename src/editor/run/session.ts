// The window's runs: one program at a time in one kernel, a namespace for each program, and what the last run of each left.
import * as vscode from 'vscode';
import { KernelError, type Kernel, type RunEvents, type SliceAnswer } from '../../kernel/index.ts';
import type { Program, RunDone } from '../../shared/protocol.ts';
import type { SliceRequest, TensorRow } from '../../shared/tensors.ts';
import { contextKeys } from '../contributions/ids.ts';
import { openProgram, type OpenProgram } from '../programs.ts';
import { setting } from '../settings.ts';
import { diskFolder, KernelHost, type Loss } from './kernelHost.ts';
import { Ledger } from './ledger.ts';
import type { Planned, RunRecord, Runs } from './runs.ts';

/** One text for the kernel, and the statements in it. */
export interface RunStep {
  readonly source: string;
  readonly planned: readonly Planned[];
}

export interface RunRequest {
  readonly program: OpenProgram;
  readonly kind: RunRecord['kind'];
  /** What is run, for messages: `heat.py`, `spread(rod, 12)`. */
  readonly label: string;
  readonly fresh: boolean;
  /** Made when its turn has come: what has to run depends on what ran before. Null: nothing is to be run. */
  readonly steps: () => readonly RunStep[] | null;
  /** A planned statement ran to its end, or (at most one) began and did not. */
  readonly ended?: (planned: Planned, whole: boolean) => void;
}

export interface Print {
  readonly record: RunRecord;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Others hear of a run that goes on at most this often, in milliseconds. */
const newsEvery = 100;
/** What a record keeps of each stream. */
const outputLimit = 4_000_000;
/** A run that is over sooner needs no progress. */
const progressAfter = 1000;

interface Current {
  readonly uri: string;
  readonly label: string;
  cancelled: boolean;
  kernel: Kernel | null;
}

export class RunSession implements Runs, vscode.Disposable {
  readonly host: KernelHost;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<RunRecord>();
  readonly #lost = new vscode.EventEmitter<string>();
  readonly #printed = new vscode.EventEmitter<Print>();
  readonly #stopped = new vscode.EventEmitter<{ readonly loss: Loss; readonly hadNames: boolean }>();
  readonly #busy = new vscode.EventEmitter<string | null>();
  readonly #records = new Map<string, RunRecord>();
  readonly #ledgers = new Map<string, Ledger>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changed.event;
  readonly onDidLose = this.#lost.event;
  /** Output, as it comes. */
  readonly onDidPrint = this.#printed.event;
  /** The kernel lost its names; whether it had any that somebody may miss. */
  readonly onDidStop = this.#stopped.event;
  /** A program runs (its label), or none does. */
  readonly onDidChangeBusy = this.#busy.event;
  /** Answers `input()`; null is the end of the input. */
  input: (record: RunRecord) => Promise<string | null> = () => Promise.resolve(null);
  running: RunRecord | null = null;
  #current: Current | null = null;
  /** Runs wait for each other here. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.host = new KernelHost(log);
    this.#subscriptions = vscode.Disposable.from(
      this.host,
      this.host.onDidLose(loss => this.#forget(loss)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#free(uri)),
      vscode.workspace.onDidCloseNotebookDocument(({ uri }) => this.#free(uri)),
      this.#changed,
      this.#lost,
      this.#stopped,
      this.#printed,
      this.#busy,
    );
  }

  last(uri: vscode.Uri): RunRecord | null {
    return this.#records.get(uri.toString()) ?? null;
  }

  /** What ran in the namespace of a program. */
  ledger(uri: vscode.Uri): Ledger {
    const known = this.#ledgers.get(uri.toString()) ?? new Ledger();
    this.#ledgers.set(uri.toString(), known);
    return known;
  }

  /** Runs a program: after those of other files, instead of one of the same file. Null where nothing was run. */
  async run(request: RunRequest): Promise<RunRecord | null> {
    const uri = request.program.uri.toString();
    if (this.#current?.uri === uri) this.cancel();
    else if (this.#current)
      vscode.window.setStatusBarMessage(`$(loading~spin) Waiting for ${this.#current.label}…`, this.#turn);
    const turn = this.#turn.then(() => this.#next(request));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Raises KeyboardInterrupt in the program that runs. */
  cancel(): void {
    if (!this.#current) return;
    this.#current.cancelled = true;
    this.#current.kernel?.interrupt();
  }

  /** A new interpreter: all names are gone. */
  async restart(): Promise<void> {
    this.cancel();
    await this.host.restart();
  }

  /** Starts the kernel so that the first run finds it ready. */
  warm(program: OpenProgram): void {
    this.host.get(diskFolder(program.uri)).catch((error: unknown) => this.#log.error(describe(error)));
  }

  async tensors(namespace: string): Promise<readonly TensorRow[]> {
    const kernel = this.host.current;
    return kernel ? this.host.use(async () => (await kernel).tensors(namespace)) : [];
  }

  /** The calls of the last run of a program; none while another one runs, which the answer would have to wait for. */
  async calls(namespace: string): Promise<string | null> {
    const kernel = this.host.current;
    return kernel && !this.running ? this.host.use(async () => (await kernel).calls(namespace)) : null;
  }

  async slice(request: SliceRequest): Promise<SliceAnswer> {
    const kernel = this.host.current;
    if (!kernel) return { slice: null, problem: 'The kernel is not running.' };
    return this.host.use(async () => (await kernel).slice(request));
  }

  dispose(): void {
    this.#subscriptions.dispose();
    void vscode.commands.executeCommand('setContext', contextKeys.running, false);
  }

  /** Whether the user wants the run that goes on to end. */
  get isCancelled(): boolean {
    return this.#current?.cancelled ?? false;
  }

  #forget(loss: Loss): void {
    const { cause, reason } = loss;
    const hadNames = this.#current !== null || [...this.#ledgers.values()].some(ledger => !ledger.isEmpty);
    for (const ledger of this.#ledgers.values()) ledger.clear();
    this.#lost.fire(cause === 'died' ? `The kernel stopped: ${reason}.` : reason);
    this.#stopped.fire({ loss, hadNames });
  }

  /** A program was closed: its names are freed, and one that is opened under the same address begins anew. */
  #free(uri: vscode.Uri): void {
    const key = uri.toString();
    // A run goes on to its end; `#next` frees what it leaves.
    if (this.#current?.uri === key || !(this.#ledgers.delete(key) || this.#records.has(key))) return;
    this.#records.delete(key);
    this.host.current?.then(
      kernel => kernel.forget(key),
      () => undefined,
    );
  }

  async #next(request: RunRequest): Promise<RunRecord | null> {
    const current: Current = {
      uri: request.program.uri.toString(),
      label: request.label,
      cancelled: false,
      kernel: null,
    };
    this.#current = current;
    this.#busy.fire(request.label);
    void vscode.commands.executeCommand('setContext', contextKeys.running, true);
    const ended = this.#progress(request.label);
    try {
      return await this.host.use(() => this.#execute(request, current));
    } finally {
      ended();
      this.#current = null;
      this.running = null;
      this.#busy.fire(null);
      if (!openProgram(request.program.uri)) this.#free(request.program.uri);
      void vscode.commands.executeCommand('setContext', contextKeys.running, false);
    }
  }

  /** A notification with Cancel for what takes long; the function that is returned closes it. */
  #progress(label: string): () => void {
    let close: () => void = () => undefined;
    const over = new Promise<void>(resolve => (close = resolve));
    const show = setTimeout(() => {
      const options = { location: vscode.ProgressLocation.Notification, title: `Running ${label}`, cancellable: true };
      void vscode.window.withProgress(options, (_, token) => {
        token.onCancellationRequested(() => this.cancel());
        return over;
      });
    }, progressAfter);
    return () => {
      clearTimeout(show);
      close();
    };
  }

  async #execute(request: RunRequest, current: Current): Promise<RunRecord | null> {
    const { program } = request;
    const folder = diskFolder(program.uri);
    const kernel = await this.host.get(folder).catch((error: unknown) => {
      this.#log.error(describe(error));
      throw error;
    });
    if (current.cancelled) return null;
    const steps = request.steps();
    if (!steps) return null;
    if (request.fresh) this.ledger(program.uri).clear();
    const collector = new Collector(request, steps, record => {
      this.#records.set(current.uri, record);
      this.running = record.state === 'running' ? record : null;
      this.#changed.fire(record);
    });
    const limit = setting('tensorlift.run.timeout', program.uri) * 1000;
    const started = Date.now();
    current.kernel = kernel;
    try {
      let done: RunDone | null = null;
      for (const step of steps) {
        const left = limit ? Math.max(1, limit - (Date.now() - started)) : undefined;
        collector.begin(step);
        const input = async () => this.input(collector.now());
        const print = (print: Omit<Print, 'record'>) => this.#printed.fire({ ...print, record: collector.record });
        done = await kernel.run(asProgram(request, step, folder), collector.events(input, print), left);
        if (done.status !== 'ok') break;
      }
      collector.finish(done);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      this.#log.error(describe(error));
      collector.finish(null);
    }
    return collector.record;
  }
}

const describe = (error: unknown): string =>
  error instanceof KernelError ? `${error.message}\n${error.detail}` : String(error);

function asProgram({ program, fresh }: RunRequest, step: RunStep, folder: string | null): Program {
  const first = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
  return {
    path: program.path,
    source: step.source,
    text: program.text,
    argv: [],
    folder: folder ?? first ?? '',
    paths: [],
    namespace: program.uri.toString(),
    fresh,
    lines: 'all',
    calls: true,
    firstLine: 0,
    trace: true,
    device: setting('tensorlift.runtime.device') as Program['device'],
    figures: true,
  };
}

/** Makes a record of what a run brings, and tells it on from time to time. */
class Collector {
  record: RunRecord;
  readonly #request: RunRequest;
  readonly #tell: (record: RunRecord) => void;
  #step: RunStep | null = null;
  #left: Planned[] = [];
  #news: NodeJS.Timeout | null = null;
  #toldAt = 0;
  readonly #lines: RunRecord['lines'][number][] = [];
  readonly #figures: RunRecord['figures'][number][] = [];
  readonly #ran: number[] = [];
  readonly #printed: { line: number; text: string }[] = [];
  readonly #output = { stdout: '', stderr: '' };
  /** Printed since the last statement ended. */
  #pending = '';

  constructor(request: RunRequest, steps: readonly RunStep[], tell: (record: RunRecord) => void) {
    this.#request = request;
    this.#tell = tell;
    this.record = {
      program: request.program,
      kind: request.kind,
      startedAt: Date.now(),
      state: 'running',
      stdout: '',
      stderr: '',
      lines: [],
      figures: [],
      planned: steps.flatMap(step => step.planned),
      ran: [],
      printed: [],
      error: null,
      done: null,
    };
    this.#send({});
  }

  begin(step: RunStep): void {
    this.#step = step;
    this.#left = [...step.planned];
  }

  events(input: () => Promise<string | null>, print: (print: Omit<Print, 'record'>) => void): RunEvents {
    return {
      input,
      output: (stream, text) => {
        if (this.#output[stream].length < outputLimit) this.#output[stream] += text;
        if (stream === 'stdout' && this.#pending.length < 1000) this.#pending += text;
        print({ stream, text });
        this.#soon();
      },
      line: line => {
        this.#lines.push(line);
        this.#soon();
      },
      figure: figure => {
        const known = this.#figures.findIndex(({ number }) => number === figure.number);
        if (known < 0) this.#figures.push(figure);
        else this.#figures[known] = figure;
        this.#soon();
      },
      ran: line => {
        this.#ended(line);
        this.#soon();
      },
    };
  }

  /** The record with everything that came until now. */
  now(): RunRecord {
    this.#send({});
    return this.record;
  }

  /** `done` is null when the kernel died. */
  finish(done: RunDone | null): void {
    if (done?.status === 'ok') for (const planned of [...this.#left]) this.#ended(planned.range.start.line);
    else if (this.#step) {
      const broken = this.#left[0];
      if (broken) this.#request.ended?.(broken, false);
      if (broken && this.#pending) this.#printed.push({ line: broken.range.start.line, text: this.#pending });
    }
    this.#send(done ? { state: 'done', error: done.error, done } : { state: 'died' });
  }

  /** The statement of this line ended, and so did those before it that say nothing of their end (docstrings). */
  #ended(line: number): void {
    const at = this.#left.findIndex(planned => planned.range.start.line === line || planned.expression);
    for (const planned of this.#left.splice(0, at + 1)) {
      const start = planned.range.start.line;
      this.#ran.push(start);
      if (this.#pending && start === line) {
        this.#printed.push({ line, text: this.#pending });
        this.#pending = '';
      }
      this.#request.ended?.(planned, true);
    }
  }

  #soon(): void {
    const wait = newsEvery - (Date.now() - this.#toldAt);
    if (wait <= 0) this.#send({});
    else this.#news ??= setTimeout(() => this.#send({}), wait);
  }

  #send(change: Partial<RunRecord>): void {
    if (this.#news) clearTimeout(this.#news);
    this.#news = null;
    this.#toldAt = Date.now();
    this.record = {
      ...this.record,
      ...this.#output,
      lines: [...this.#lines],
      figures: [...this.#figures],
      ran: [...this.#ran],
      printed: [...this.#printed],
      ...change,
    };
    this.#tell(this.record);
  }
}
