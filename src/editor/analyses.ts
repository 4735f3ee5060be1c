// What the analysis says about every open program: made in the service's thread after a pause in typing, kept until the text changes.
import * as vscode from 'vscode';
import type { Inspected } from '../service/inspect.ts';
import type { ServiceThread } from '../service/thread/client.ts';
import { notebookType } from './contributions/ids.ts';
import { isCurrent, isOurs, notebookOf, openProgram, openUris, type OpenProgram } from './programs.ts';
import { setting } from './settings.ts';

export interface Analysed extends Inspected {
  readonly program: OpenProgram;
}

interface Entry {
  latest: Analysed | null;
  timer: NodeJS.Timeout | null;
  /** The analysis on its way, and the text that it is made of. One at a time for each program. */
  pending: { readonly program: OpenProgram; readonly answer: Promise<Analysed | null> } | null;
}

const nothing: Inspected = {
  findings: [],
  values: [],
  outline: { functions: [], statements: [], relevant: false },
  readiness: [],
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
  readonly #busy = new vscode.EventEmitter<vscode.Uri>();
  /** A program was analysed; its findings, values and outline are new. */
  readonly onDidAnalyse = this.#changed.event;
  /** A program was closed; what is shown of it can go. */
  readonly onDidClose = this.#closed.event;
  /** The analysis of a program begins or ends. */
  readonly onDidChangeBusy = this.#busy.event;
  readonly #subscriptions: vscode.Disposable;

  constructor(service: ServiceThread, log: vscode.LogOutputChannel) {
    this.#service = service;
    this.#log = log;
    const { workspace } = vscode;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#closed,
      this.#busy,
      workspace.onDidOpenTextDocument(document => this.#touch(document, 0)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length) this.#touch(document, setting('tensorlift.lint.delay', document));
      }),
      // Cells were added, removed or moved, or one has another language now.
      workspace.onDidChangeNotebookDocument(({ notebook, contentChanges, cellChanges }) => {
        if (notebook.notebookType !== notebookType) return;
        if (contentChanges.length) this.#schedule(notebook.uri, 0);
        else if (cellChanges.some(change => change.document))
          this.#schedule(notebook.uri, setting('tensorlift.lint.delay'));
      }),
      // A document is closed and opened again when its language changes or it is renamed.
      workspace.onDidCloseTextDocument(document => {
        const notebook = notebookOf(document);
        if (notebook) this.#schedule(notebook.uri, 0);
        else this.#forget(document.uri);
      }),
      workspace.onDidOpenNotebookDocument(notebook => {
        if (notebook.notebookType === notebookType) this.#schedule(notebook.uri, 0);
      }),
      workspace.onDidCloseNotebookDocument(notebook => this.#forget(notebook.uri)),
    );
    for (const uri of openUris()) this.#schedule(uri, 0);
  }

  /** The last analysis of the program that a document belongs to, perhaps of an older text. */
  latest(document: vscode.TextDocument): Analysed | null {
    return this.latestOf(notebookOf(document)?.uri ?? document.uri);
  }

  latestOf(uri: vscode.Uri): Analysed | null {
    return this.#entries.get(uri.toString())?.latest ?? null;
  }

  /** The last analysis of every open program. */
  all(): readonly Analysed[] {
    return [...this.#entries.values()].map(entry => entry.latest).filter(latest => latest !== null);
  }

  /** Whether an analysis of a program is on its way. */
  isBusy(uri: vscode.Uri): boolean {
    const entry = this.#entries.get(uri.toString());
    return !!entry?.pending && mayConcern(entry.pending.program.text);
  }

  /** The analysis of the text as it is now; null where the document is not ours or closed meanwhile. */
  async current(document: vscode.TextDocument): Promise<Analysed | null> {
    return isOurs(document) ? this.#current(notebookOf(document)?.uri ?? document.uri) : null;
  }

  async currentOf(program: OpenProgram): Promise<Analysed | null> {
    return this.#current(program.uri);
  }

  /**
   * The same, once the user stops typing: for what asks with every keystroke. Null where the asker goes away first.
   */
  async settled(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<Analysed | null> {
    const { uri } = notebookOf(document) ?? document;
    if (this.#entries.get(uri.toString())?.timer)
      await new Promise<void>(resolve => {
        const over = vscode.Disposable.from(
          token.onCancellationRequested(() => end()),
          this.#busy.event(each => {
            if (each.toString() === uri.toString()) end();
          }),
          this.#closed.event(() => end()),
        );
        const end = () => {
          over.dispose();
          resolve();
        };
      });
    return token.isCancellationRequested ? null : this.current(document);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const entry of this.#entries.values()) if (entry.timer) clearTimeout(entry.timer);
  }

  async #current(uri: vscode.Uri): Promise<Analysed | null> {
    for (;;) {
      const entry = this.#entries.get(uri.toString());
      if (entry?.latest && isCurrent(entry.latest.program)) return entry.latest;
      if (!entry?.pending) {
        const program = openProgram(uri);
        return program && this.#analyse(this.#entry(uri), program);
      }
      const { program, answer } = entry.pending;
      const analysed = await answer;
      // It failed, or is of the text that was asked for; else the text has changed, and the next one is of the new text.
      if (analysed === null || isCurrent(program)) return analysed;
    }
  }

  #touch(document: vscode.TextDocument, delay: number): void {
    if (isOurs(document)) this.#schedule(notebookOf(document)?.uri ?? document.uri, delay);
  }

  #schedule(uri: vscode.Uri, delay: number): void {
    const entry = this.#entry(uri);
    if (entry.timer) clearTimeout(entry.timer);
    entry.timer = setTimeout(() => {
      entry.timer = null;
      // Nothing is here any more: it was closed, or has another language now.
      if (!entry.pending && !openProgram(uri)) this.#forget(uri);
      else {
        // Whoever waits for the pause in typing goes on, even where the text was analysed meanwhile.
        this.#busy.fire(uri);
        void this.#current(uri);
      }
    }, delay);
  }

  #entry(uri: vscode.Uri): Entry {
    const key = uri.toString();
    const known = this.#entries.get(key) ?? { latest: null, timer: null, pending: null };
    this.#entries.set(key, known);
    return known;
  }

  #analyse(entry: Entry, program: OpenProgram): Promise<Analysed | null> {
    const key = program.uri.toString();
    const made = mayConcern(program.text)
      ? this.#service.call('inspect', [program.source, program.path])
      : Promise.resolve(nothing);
    const answer = made.then(
      inspected => {
        entry.pending = null;
        if (this.#entries.get(key) !== entry) return null;
        entry.latest = { ...inspected, program };
        this.#changed.fire(entry.latest);
        this.#busy.fire(program.uri);
        return entry.latest;
      },
      (error: unknown) => {
        entry.pending = null;
        this.#busy.fire(program.uri);
        this.#log.error(`${program.path}: the analysis failed`, error instanceof Error ? error : String(error));
        return null;
      },
    );
    entry.pending = { program, answer };
    this.#busy.fire(program.uri);
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
