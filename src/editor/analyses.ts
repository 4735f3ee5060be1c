// What the analysis says about every open program: made in the service's thread after a pause in typing, kept until the text changes.
import * as vscode from 'vscode';
import type { Inspected } from '../service/inspect.ts';
import type { ServiceThread } from '../service/thread/client.ts';
import { notebookType } from './contributions/ids.ts';
import { isCurrent, notebookOf, notebookProgram, openPrograms, programOf, type OpenProgram } from './programs.ts';
import { setting } from './settings.ts';

export interface Analysed extends Inspected {
  readonly program: OpenProgram;
}

interface Entry {
  latest: Analysed | null;
  timer: NodeJS.Timeout | null;
  /** The analysis on its way, and the text that it is made of. */
  pending: { readonly program: OpenProgram; readonly answer: Promise<Analysed | null> } | null;
}

const nothing: Inspected = {
  findings: [],
  values: [],
  outline: { functions: [], statements: [], relevant: false },
  changes: [],
};
/** Only texts that name one of the libraries cost anything. */
const mayConcern = (text: string): boolean => /\b(?:numpy|tensorflow)\b/.test(text);

export class Analyses implements vscode.Disposable {
  readonly #service: ServiceThread;
  readonly #log: vscode.LogOutputChannel;
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new vscode.EventEmitter<Analysed>();
  readonly #closed = new vscode.EventEmitter<vscode.Uri>();
  /** A program was analysed; its findings, values and outline are new. */
  readonly onDidAnalyse = this.#changed.event;
  /** A program was closed; what is shown of it can go. */
  readonly onDidClose = this.#closed.event;
  readonly #subscriptions: vscode.Disposable;

  constructor(service: ServiceThread, log: vscode.LogOutputChannel) {
    this.#service = service;
    this.#log = log;
    const { workspace } = vscode;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#closed,
      workspace.onDidOpenTextDocument(document => this.#touch(document, 0)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length) this.#touch(document, setting('tensorlift.lint.delay', document));
      }),
      workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
        if (contentChanges.length && notebook.notebookType === notebookType)
          this.#schedule(notebook.uri, () => notebookProgram(notebook), 0);
      }),
      workspace.onDidCloseTextDocument(document => {
        if (!notebookOf(document)) this.#forget(document.uri);
      }),
      workspace.onDidCloseNotebookDocument(notebook => this.#forget(notebook.uri)),
    );
    for (const program of openPrograms()) this.#schedule(program.uri, () => program, 0);
  }

  /** The last analysis of the program that a document belongs to, perhaps of an older text. */
  latest(document: vscode.TextDocument): Analysed | null {
    const uri = notebookOf(document)?.uri ?? document.uri;
    return this.#entries.get(uri.toString())?.latest ?? null;
  }

  latestOf(uri: vscode.Uri): Analysed | null {
    return this.#entries.get(uri.toString())?.latest ?? null;
  }

  /** The last analysis of every open program. */
  all(): readonly Analysed[] {
    return [...this.#entries.values()].map(entry => entry.latest).filter(latest => latest !== null);
  }

  /** The analysis of the text as it is now; null where the document is not ours or closed meanwhile. */
  async current(document: vscode.TextDocument): Promise<Analysed | null> {
    const program = programOf(document);
    return program && this.currentOf(program);
  }

  async currentOf(program: OpenProgram): Promise<Analysed | null> {
    const entry = this.#entry(program.uri);
    if (entry.latest && isCurrent(entry.latest.program)) return entry.latest;
    if (entry.pending && isCurrent(entry.pending.program)) return entry.pending.answer;
    return this.#analyse(entry, program);
  }

  /** Analyses everything again: a setting that decides what is shown has changed. */
  refresh(): void {
    for (const program of openPrograms()) void this.#analyse(this.#entry(program.uri), program);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const entry of this.#entries.values()) if (entry.timer) clearTimeout(entry.timer);
  }

  #touch(document: vscode.TextDocument, delay: number): void {
    const uri = notebookOf(document)?.uri ?? document.uri;
    if (document.languageId === 'python') this.#schedule(uri, () => programOf(document), delay);
  }

  #schedule(uri: vscode.Uri, take: () => OpenProgram | null, delay: number): void {
    const entry = this.#entry(uri);
    if (entry.timer) clearTimeout(entry.timer);
    entry.timer = setTimeout(() => {
      entry.timer = null;
      // One analysis at a time for each program: the next begins when this one has ended.
      const next = () => {
        const program = take();
        if (program && this.#entries.get(uri.toString()) === entry) void this.currentOf(program);
      };
      if (entry.pending) void entry.pending.answer.then(next, next);
      else next();
    }, delay);
  }

  #entry(uri: vscode.Uri): Entry {
    const key = uri.toString();
    const known = this.#entries.get(key) ?? { latest: null, timer: null, pending: null };
    this.#entries.set(key, known);
    return known;
  }

  #analyse(entry: Entry, program: OpenProgram): Promise<Analysed | null> {
    const answer = (
      mayConcern(program.text)
        ? this.#service.call('inspect', [program.source, program.path])
        : Promise.resolve(nothing)
    ).then(
      inspected => {
        if (entry.pending?.answer === answer) entry.pending = null;
        if (this.#entries.get(program.uri.toString()) !== entry) return null;
        entry.latest = { ...inspected, program };
        this.#changed.fire(entry.latest);
        return entry.latest;
      },
      (error: unknown) => {
        if (entry.pending?.answer === answer) entry.pending = null;
        this.#log.error(`${program.path}: the analysis failed`, error instanceof Error ? error : String(error));
        return null;
      },
    );
    entry.pending = { program, answer };
    return answer;
  }

  #forget(uri: vscode.Uri): void {
    const entry = this.#entries.get(uri.toString());
    if (!entry) return;
    if (entry.timer) clearTimeout(entry.timer);
    this.#entries.delete(uri.toString());
    this.#closed.fire(uri);
  }
}
