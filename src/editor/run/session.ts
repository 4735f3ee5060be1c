// The window's kernel and the last run of each program. One program runs at a time.
import * as vscode from 'vscode';
import { Kernel, type SliceAnswer } from '../../kernel/index.ts';
import type { Program } from '../../shared/protocol.ts';
import type { SliceRequest, TensorRow } from '../../shared/tensors.ts';
import type { OpenProgram } from '../programs.ts';
import { setting } from '../settings.ts';
import type { RunRecord, Runs } from './runs.ts';

export class RunSession implements Runs, vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<RunRecord>();
  readonly #lost = new vscode.EventEmitter<string>();
  readonly onDidChange = this.#changed.event;
  readonly onDidLose = this.#lost.event;
  readonly #records = new Map<string, RunRecord>();
  #kernel: Promise<Kernel> | null = null;
  running: RunRecord | null = null;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  last(uri: vscode.Uri): RunRecord | null {
    return this.#records.get(uri.toString()) ?? null;
  }

  /** The kernel, started where there is none. */
  kernel(): Promise<Kernel> {
    this.#kernel ??= Kernel.start(
      {
        roots: (vscode.workspace.workspaceFolders ?? []).map(folder => folder.uri.fsPath),
        memoryLimit: setting('tensorlift.run.memoryLimit') * 2 ** 20,
        standby: setting('tensorlift.run.standby'),
      },
      { restarted: reason => this.#lost.fire(reason), closed: () => this.#died() },
    );
    this.#kernel.catch(() => (this.#kernel = null));
    return this.#kernel;
  }

  #died(): void {
    this.#kernel = null;
    this.#log.error('The kernel process ended.');
    this.#lost.fire('The kernel process ended.');
  }

  /** Runs a program of the kernel and keeps what comes of it under the program's address. */
  async run(program: OpenProgram, kind: RunRecord['kind'], request: Program): Promise<RunRecord> {
    const kernel = await this.kernel();
    let record: RunRecord = {
      program,
      kind,
      startedAt: Date.now(),
      state: 'running',
      stdout: '',
      stderr: '',
      lines: [],
      figures: [],
      ran: [],
      error: null,
      done: null,
    };
    const update = (change: Partial<RunRecord>): void => {
      record = { ...record, ...change };
      this.#records.set(program.uri.toString(), record);
      this.running = record.state === 'running' ? record : null;
      this.#changed.fire(record);
    };
    update({});
    const limit = setting('tensorlift.run.timeout', program.uri) * 1000;
    try {
      const done = await kernel.run(
        request,
        {
          output: (stream, text) => update({ [stream]: record[stream] + text }),
          line: line => update({ lines: [...record.lines, line] }),
        },
        limit || undefined,
      );
      update({ state: 'done', error: done.error, done });
    } catch {
      update({ state: 'died' });
    }
    return record;
  }

  async tensors(namespace: string): Promise<readonly TensorRow[]> {
    return this.#kernel ? (await this.#kernel).tensors(namespace) : [];
  }

  async slice(request: SliceRequest): Promise<SliceAnswer> {
    return this.#kernel ? (await this.#kernel).slice(request) : { slice: null, problem: 'The kernel is not running.' };
  }

  dispose(): void {
    void this.#kernel?.then(
      kernel => kernel.close(),
      () => undefined,
    );
  }
}
