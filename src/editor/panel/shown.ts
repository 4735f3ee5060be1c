// The program that the panel shows: follows its runs, makes the panel's states of them, and says which lines changed since.
import * as vscode from 'vscode';
import type { PanelRun, PanelState, PanelTab, Step } from '../../shared/panel.ts';
import type { ReportData } from '../../shared/report.ts';
import type { TensorRow } from '../../shared/tensors.ts';
import type { RunResult, TraceGraph } from '../../shared/trace.ts';
import type { Features } from '../features.ts';
import { openPrograms, type OpenProgram } from '../programs.ts';
import type { RunRecord } from '../run/runs.ts';
import { setting } from '../settings.ts';
import { lineDiff, type LineDiff } from './lines.ts';
import { nameOf, reportOf, type Ran } from './report.ts';

/** A run that is over sooner than this replaces what is shown without a word in between. */
const quietMs = 250;
/** The page does not wait longer for what the analysis says and for the names of tensors; then it hears of them later. */
const patienceMs = 500;
const staleDelayMs = 120;
const memory = 'tensorlift.panel.program';

/** The text that the ranges of the graph belong to, and what it ran in. */
interface Content {
  readonly text: string;
  readonly run: PanelRun;
}

type Needed = Pick<Features, 'context' | 'service' | 'analyses' | 'runs' | 'panel'>;

type Around = Pick<ReportData, 'findings' | 'conversion' | 'verification' | 'comparison'>;
/** A conversion with the verdict on it, and what each statement did. */
export type Proof = Pick<ReportData, 'conversion' | 'verification' | 'comparison'>;
const unknown: Around = { findings: [], conversion: null, verification: null };
const noRun: Ran = { stdout: '', stderr: '', lines: [], startedAt: 0, done: null };

const later = (ms: number): Promise<null> => new Promise(resolve => setTimeout(resolve, ms, null));

/** The program of a file or notebook that is open; null where it is closed. */
export const openProgram = (uri: vscode.Uri): OpenProgram | null =>
  openPrograms().find(program => program.uri.toString() === uri.toString()) ?? null;

export class Shown implements vscode.Disposable {
  readonly #features: Needed;
  readonly #subscriptions: vscode.Disposable;
  /** Ends the work that `begin` announced; null while there is none. */
  cancel: (() => void) | null = null;
  /** Does again what is shown, where that is not a run of the file. */
  again: (() => unknown) | null = null;
  #uri: vscode.Uri | null = null;
  #content: Content | null = null;
  #around: { readonly text: string; readonly answer: Promise<Around> } | null = null;
  /** The last lift, by the text that was lifted. */
  #proof: { readonly text: string; readonly found: Proof } | null = null;
  #finishing: Promise<void> = Promise.resolve();
  /** Counts what was shown, so that an answer that comes too late is known. */
  #turn = 0;
  #loading: NodeJS.Timeout | null = null;
  #stale: NodeJS.Timeout | null = null;
  #staleLines = '';
  /** Why the kernel lost its names, and when. */
  #lost: { readonly reason: string; readonly at: number } | null = null;

  constructor(features: Needed) {
    this.#features = features;
    const { runs, panel } = features;
    const remembered = features.context.workspaceState.get<string>(memory);
    if (remembered) this.#uri = vscode.Uri.parse(remembered);
    this.#subscriptions = vscode.Disposable.from(
      runs.onDidChange(record => this.#follow(record)),
      runs.onDidLose(reason => this.#lose(reason)),
      panel.onDidChangeVisible(visible => visible && this.#checkStale(true)),
      vscode.workspace.onDidChangeTextDocument(({ contentChanges }) => {
        if (contentChanges.length) this.#scheduleStale();
      }),
      // The next text without a file gets the same address.
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === 'untitled' && uri.toString() === this.#uri?.toString()) this.#content = null;
      }),
      vscode.workspace.onDidChangeNotebookDocument(({ contentChanges }) => {
        if (contentChanges.length) this.#scheduleStale();
      }),
    );
  }

  get uri(): vscode.Uri | null {
    return this.#uri;
  }

  /** What is shown, where it is a run. */
  get run(): PanelRun | null {
    return this.#content?.run ?? null;
  }

  /** The program as it is open now, and the way from the lines that ran to it. */
  current(): { readonly program: OpenProgram; readonly diff: LineDiff } | null {
    const program = this.#uri && openProgram(this.#uri);
    return program && { program, diff: lineDiff(this.#content?.text ?? program.text, program.text) };
  }

  /** From now on the panel is about this program. */
  choose(uri: vscode.Uri): void {
    if (this.#uri?.toString() === uri.toString()) return;
    this.#uri = uri;
    this.#content = null;
    this.again = null;
    this.#turn++;
    void this.#features.context.workspaceState.update(memory, uri.toString());
  }

  /** The state while a run of the program is being prepared. */
  prepare(): void {
    if (this.#uri) this.#load(null, Date.now());
  }

  /** A run has ended: waits until it is shown. Nothing ran: as `giveUp`. */
  async settle(): Promise<void> {
    await this.#finishing;
    this.giveUp();
  }

  /** Nothing ran: back to what was shown, or to the empty panel. */
  giveUp(): void {
    this.cancel = null;
    if (this.#features.panel.state.kind !== 'loading') return;
    this.#show(this.#content ? { kind: 'ready', run: this.#content.run } : this.empty());
  }

  empty(): PanelState {
    return this.#uri ? { kind: 'empty', title: nameOf(this.#uri.path) } : { kind: 'empty' };
  }

  /**
   * The graph of the last run of the whole program, where that was its present text and has ops; null where it has to run.
   * `names`: the kernel still has to know the names.
   */
  currentGraph(program: OpenProgram, names: boolean): TraceGraph | null {
    const record = this.#features.runs.last(program.uri);
    if (record?.state !== 'done' || record.kind !== 'file' || record.program.text !== program.text) return null;
    if (!hasGraph(record) || (names && !this.#hasNames(record))) return null;
    return record.done?.graph ?? null;
  }

  /** Whether the kernel was not lost since a run. */
  #hasNames({ startedAt }: RunRecord): boolean {
    return !this.#lost || this.#lost.at < startedAt;
  }

  /** Shows the last run of the program, without running anything. */
  showLast(tab?: PanelTab): Promise<void> {
    const record = this.#uri && this.#features.runs.last(this.#uri);
    return record ? this.#finish(record, tab) : Promise.resolve();
  }

  /** Work that is not a run of the window's kernel, with what ends it. The panel opens and says so. */
  begin(program: OpenProgram, tab: PanelTab, steps: readonly Step[], limit: number, cancel: () => void): void {
    this.choose(program.uri);
    this.#turn++;
    this.cancel = cancel;
    const { panel } = this.#features;
    const startedAt = panel.state.kind === 'loading' ? panel.state.startedAt : Date.now();
    this.#show({ kind: 'loading', title: nameOf(program.uri.path), steps, startedAt, limit }, tab);
    panel.open(tab);
  }

  /** What came of such work; `again` does it once more. */
  async showResult(program: OpenProgram, result: RunResult, tab: PanelTab, again: () => unknown): Promise<void> {
    this.choose(program.uri);
    const turn = ++this.#turn;
    this.cancel = null;
    const around = (await Promise.race([this.#aroundOf(program), later(patienceMs)])) ?? unknown;
    if (turn !== this.#turn) return;
    const about = { path: program.uri.path, text: program.text, ...around, version: this.#version };
    const report = { ...reportOf({ ...noRun, startedAt: Date.now() }, about), run: result };
    const run: PanelRun = { report, tensors: [], figures: [], namespace: null };
    this.#content = { text: program.text, run };
    this.again = again;
    this.#show({ kind: 'ready', run }, tab);
  }

  #follow(record: RunRecord): void {
    const { panel } = this.#features;
    // A panel that has nothing to show takes what runs first.
    if (!this.#uri && panel.isOpen) this.choose(record.program.uri);
    if (record.program.uri.toString() !== this.#uri?.toString() || !panel.isOpen) return;
    if (record.state !== 'running') return void (this.#finishing = this.#finish(record));
    if (panel.state.kind === 'loading') this.#loadSoon(record, 100);
    else this.#loadSoon(record, panel.state.kind === 'ready' ? quietMs : 0);
  }

  #loadSoon(record: RunRecord, delay: number): void {
    if (this.#loading) return;
    this.#loading = setTimeout(() => {
      this.#loading = null;
      const last = this.#features.runs.last(record.program.uri) ?? record;
      if (last.state === 'running') this.#load(last, last.startedAt);
    }, delay);
  }

  #load(record: RunRecord | null, startedAt: number): void {
    const uri = this.#uri;
    if (!uri) return;
    const state = this.#features.panel.state;
    const lines = record?.lines.length ?? 0;
    const steps: readonly Step[] = [
      { label: 'Starting Python', state: record ? 'done' : 'active' },
      {
        label: 'Running',
        state: record ? 'active' : 'waiting',
        ...(lines ? { note: `${lines.toLocaleString('en')} ${lines === 1 ? 'result' : 'results'}` } : {}),
      },
      { label: 'Reading the graph', state: 'waiting' },
    ];
    const since = record && state.kind === 'loading' ? state.startedAt : startedAt;
    const limit = setting('tensorlift.run.timeout', uri);
    this.#show({ kind: 'loading', title: nameOf(uri.path), steps, startedAt: since, limit });
  }

  async #finish(record: RunRecord, tab?: PanelTab): Promise<void> {
    if (this.#loading) clearTimeout(this.#loading);
    this.#loading = null;
    const turn = ++this.#turn;
    const { runs } = this.#features;
    const { uri } = record.program;
    const title = nameOf(uri.path);
    const state = this.#features.panel.state;
    if (state.kind === 'loading')
      this.#show({
        ...state,
        steps: [
          { label: 'Starting Python', state: 'done' },
          { label: 'Running', state: 'done' },
          { label: 'Reading the graph', state: 'active', note: opsOf(record) },
        ],
      });
    const error = record.error ?? record.done?.error ?? null;
    if (record.state === 'died' || error?.type === 'KernelError') {
      const recent = this.#lost && this.#lost.at >= record.startedAt ? this.#lost.reason : null;
      this.#content = null;
      const reason = error?.message ?? recent ?? 'The kernel process ended.';
      return this.#show({
        kind: 'dead',
        title,
        reason,
        lost: 'The names of earlier runs are gone. Nothing in the editor was lost; a new Python starts with the next run.',
      });
    }
    let [around, tensors]: [Around | null, readonly TensorRow[] | null] = [null, null];
    const everything = Promise.all([
      this.#aroundOf(record.program).then(answer => (around = answer)),
      runs.tensors(uri.toString()).then(
        answer => (tensors = answer),
        () => (tensors = []),
      ),
    ]);
    const show = (): void => {
      const about = { path: uri.path, text: record.program.text, ...(around ?? unknown), version: this.#version };
      const made = reportOf(record, about);
      // A statement without ops leaves the graph of the run before it.
      const before = this.#content?.text === record.program.text ? this.#content.run.report : null;
      const report = record.kind === 'part' && !hasGraph(record) && !error && before ? before : made;
      const namespace = this.#hasNames(record) ? uri.toString() : null;
      const run: PanelRun = { report, tensors: tensors ?? [], figures: record.figures, namespace };
      this.#content = { text: record.program.text, run };
      this.again = null;
      this.#show(error ? { kind: 'error', error, run } : { kind: 'ready', run }, tab);
    };
    const whole = await Promise.race([everything, later(patienceMs)]);
    if (turn !== this.#turn) return;
    show();
    if (whole) return;
    await everything;
    if (turn === this.#turn) show();
  }

  /** Findings and converted text of a program that ran; made once for each text. */
  #aroundOf(program: OpenProgram): Promise<Around> {
    if (this.#around?.text === program.text) return this.#around.answer;
    const { service, analyses } = this.#features;
    const latest = analyses.latestOf(program.uri);
    const inspected =
      latest?.program.text === program.text
        ? Promise.resolve(latest)
        : service.call('inspect', [program.source, program.path]);
    const level = setting('tensorlift.convert.level', program.uri) as 'safe' | 'review' | 'unsafe';
    const dtypes = setting('tensorlift.convert.dtypes', program.uri) as 'faithful' | 'float32';
    const converted = service.call('rewrite', [program.source, program.path, { level, dtypes }]);
    const answer = Promise.all([inspected, converted]).then(
      ([
        { findings },
        { verification: _verification, versions: _versions, comparison: _comparison, ...conversion },
      ]): Around => ({
        findings,
        conversion,
        verification: null,
        ...(this.#proof?.text === program.text ? this.#proof.found : {}),
      }),
      () => unknown,
    );
    this.#around = { text: program.text, answer };
    return answer;
  }

  /** Whether both sides of this text were compared, statement by statement. */
  isCompared(text: string): boolean {
    return this.#proof?.text === text && this.#proof.found.comparison !== undefined;
  }

  /** Opens the Compare tab; beside it stands the run of the same text, where there is one. */
  async showComparison(program: OpenProgram): Promise<void> {
    const { panel } = this.#features;
    this.choose(program.uri);
    if (this.#content?.text !== program.text) {
      const turn = ++this.#turn;
      const about = { path: program.uri.path, text: program.text, ...(await this.#aroundOf(program)) };
      if (turn !== this.#turn) return;
      const report = reportOf({ ...noRun, startedAt: Date.now() }, { ...about, version: this.#version });
      const run: PanelRun = { report, tensors: [], figures: [], namespace: null };
      this.#content = { text: program.text, run };
      this.again = null;
      this.#show({ kind: 'ready', run }, 'compare');
    }
    panel.open('compare');
  }

  /** A program was lifted and verified: the overview of its run tells so. */
  prove(text: string, found: Proof): void {
    this.#proof = { text, found };
    if (this.#around?.text === text) this.#around = null;
    const { state } = this.#features.panel;
    if (this.#content?.text !== text || (state.kind !== 'ready' && state.kind !== 'error')) return;
    const { run } = this.#content;
    const { comparison: _before, ...report } = run.report;
    this.#content = { text, run: { ...run, report: { ...report, ...found } } };
    this.#show({ ...state, run: this.#content.run });
  }

  /** The kernel forgot its names: tensors that are shown cannot be sliced any more. */
  #lose(reason: string): void {
    this.#lost = { reason, at: Date.now() };
    const { state } = this.#features.panel;
    if (!this.#content || this.#content.run.namespace === null) return;
    this.#content = { ...this.#content, run: { ...this.#content.run, namespace: null } };
    if (state.kind === 'ready' || state.kind === 'error') this.#show({ ...state, run: this.#content.run });
  }

  #show(state: PanelState, tab?: PanelTab): void {
    this.#staleLines = '';
    this.#features.panel.show(state, tab);
    this.#checkStale();
  }

  #scheduleStale(): void {
    if (!this.#content || this.#stale || !this.#features.panel.isVisible) return;
    this.#stale = setTimeout(() => {
      this.#stale = null;
      this.#checkStale();
    }, staleDelayMs);
  }

  #checkStale(again = false): void {
    const current = this.#content && this.current();
    if (!current) return;
    const { changed } = current.diff;
    if (!again && changed.join() === this.#staleLines) return;
    this.#staleLines = changed.join();
    if (changed.length || !again) this.#features.panel.post({ type: 'stale', lines: changed });
  }

  get #version(): string {
    return String((this.#features.context.extension.packageJSON as { version?: unknown }).version ?? '');
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const timer of [this.#loading, this.#stale]) if (timer) clearTimeout(timer);
  }
}

const hasGraph = ({ done }: RunRecord): boolean => (done?.graph.nodes.length ?? 0) > 0;
const opsOf = ({ done }: RunRecord): string => `${(done?.graph.nodes.length ?? 0).toLocaleString('en')} ops`;
