// The status: what the analysis found (in the list of language features), the kernel (in the status bar), and a menu of what can be
// done about it.
import * as vscode from 'vscode';
import type { CommandId } from './contributions/commands.ts';
import { notebookType, pythonSelector } from './contributions/ids.ts';
import { shownOf } from './diagnostics.ts';
import type { Features } from './features.ts';
import { programOf } from './programs.ts';
import { setting } from './settings.ts';
import { analysisText, deviceText, kernelText, type KernelState } from './statusText.ts';

const menuCommand: CommandId = 'tensorlift.showMenu';

/** The program in front: that of the active editor or notebook. */
function frontUri(): vscode.Uri | null {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (notebook?.notebookType === notebookType) return notebook.uri;
  const document = vscode.window.activeTextEditor?.document;
  return document ? (programOf(document)?.uri ?? null) : null;
}

class Status implements vscode.Disposable {
  readonly #features: Features;
  readonly #language: vscode.LanguageStatusItem;
  readonly #kernel: vscode.StatusBarItem;
  readonly #subscriptions: vscode.Disposable;
  #stopped: string | null = null;
  #running: { readonly label: string; readonly since: number } | null = null;
  #tick: NodeJS.Timeout | null = null;
  #device: string | null = null;
  /** The last program that was in front: the panel may have the focus. */
  #front: vscode.Uri | null = null;

  constructor(features: Features) {
    this.#features = features;
    const { analyses, runs } = features;
    this.#language = vscode.languages.createLanguageStatusItem('tensorlift.analysis', pythonSelector);
    this.#language.name = 'Tensorlift';
    this.#language.command = { command: menuCommand, title: 'Show Menu' };
    this.#kernel = vscode.window.createStatusBarItem('tensorlift.kernel', vscode.StatusBarAlignment.Right, 90);
    this.#kernel.name = 'Tensorlift';
    this.#kernel.command = menuCommand;
    const analysisChanged = () => this.#showAnalysis();
    this.#subscriptions = vscode.Disposable.from(
      this.#language,
      this.#kernel,
      analyses.onDidAnalyse(analysisChanged),
      analyses.onDidChangeBusy(analysisChanged),
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
      vscode.window.onDidChangeActiveNotebookEditor(() => this.#show()),
      // A document that changes its language is opened again.
      vscode.workspace.onDidOpenTextDocument(() => this.#show()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#show()),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('tensorlift')) this.#show();
      }),
      runs.onDidChangeBusy(label => {
        this.#running = label === null ? null : { label, since: Date.now() };
        if (label !== null) this.#stopped = null;
        if (this.#tick) clearInterval(this.#tick);
        this.#tick = label === null ? null : setInterval(() => this.#showKernel(), 1000);
        this.#showKernel();
      }),
      runs.onDidChange(({ done }) => {
        if (done) this.#device = deviceText(done.device, '');
      }),
      runs.host.onDidLose(({ cause, reason }) => {
        this.#stopped = cause === 'died' ? `The kernel stopped: ${reason}.` : null;
        this.#showKernel();
      }),
    );
    this.#show();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    if (this.#tick) clearInterval(this.#tick);
  }

  get #state(): KernelState {
    if (!vscode.workspace.isTrusted) return { kind: 'restricted' };
    if (this.#running) return { kind: 'running', ...this.#running };
    return this.#stopped === null ? { kind: 'idle' } : { kind: 'stopped', reason: this.#stopped };
  }

  #show(): void {
    // Without an editor in front (the panel has the focus) the last program stays the one that is meant, while it is visible.
    const front = frontUri();
    const kept = vscode.window.activeTextEditor === undefined && isVisible(this.#front) ? this.#front : null;
    this.#front = front ?? kept;
    this.#showAnalysis();
    this.#showKernel();
  }

  #showAnalysis(): void {
    const uri = this.#front;
    const analysed = uri && this.#features.analyses.latestOf(uri);
    this.#language.busy = !!uri && this.#features.analyses.isBusy(uri);
    this.#language.text = this.#describe();
    const detail = vscode.workspace.isTrusted ? '' : 'Restricted: analysis only';
    this.#language.detail = analysed ? detail : '';
  }

  #describe(): string {
    const analysed = this.#front && this.#features.analyses.latestOf(this.#front);
    if (!analysed) return 'Tensorlift';
    const loud = shownOf(analysed).filter(({ loudness }) => loudness === 'warning' || loudness === 'error').length;
    return analysisText(analysed.findings, analysed.outline.relevant, loud);
  }

  #showKernel(): void {
    if (!this.#front) return this.#kernel.hide();
    const { text, tooltip } = kernelText(this.#state, this.#deviceName, Date.now());
    this.#kernel.text = text;
    this.#kernel.tooltip = tooltip;
    this.#kernel.accessibilityInformation = { label: `Tensorlift: ${text.replace(/\$\([^)]*\)\s*/g, '')}. ${tooltip}` };
    this.#kernel.backgroundColor =
      this.#state.kind === 'stopped' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.#kernel.show();
  }

  get #deviceName(): string {
    return this.#device ?? deviceText(null, setting('tensorlift.runtime.device'));
  }

  async menu(): Promise<void> {
    const trusted = vscode.workspace.isTrusted;
    const running = this.#running !== null;
    const entries = menu.filter(({ when }) => when === undefined || when({ trusted, running }));
    const items = entries.map(entry =>
      'separator' in entry
        ? { label: entry.separator, kind: vscode.QuickPickItemKind.Separator }
        : { label: `$(${entry.icon}) ${entry.label}`, description: entry.description ?? '', entry },
    );
    const state = kernelText(this.#state, this.#deviceName, Date.now()).text.replace(/\$\([^)]*\)\s*/g, '');
    const chosen = await vscode.window.showQuickPick(items, {
      title: 'Tensorlift',
      placeHolder: `${this.#describe()} · ${state}`,
    });
    if (chosen && 'entry' in chosen)
      await vscode.commands.executeCommand(chosen.entry.command, ...(chosen.entry.args ?? []));
  }
}

type When = (state: { readonly trusted: boolean; readonly running: boolean }) => boolean;
interface Action {
  readonly icon: string;
  readonly label: string;
  readonly description?: string;
  readonly command: string;
  readonly args?: readonly unknown[];
  readonly when?: When;
}
const own = (command: CommandId): string => command;
const ifTrusted: When = ({ trusted }) => trusted;

/** What the menu offers, from top to bottom. */
const menu: readonly (Action | { readonly separator: string; readonly when?: When })[] = [
  {
    icon: 'shield',
    label: 'Manage Workspace Trust',
    description: 'Restricted: analysis only',
    command: 'workbench.trust.manage',
    when: ({ trusted }) => !trusted,
  },
  {
    icon: 'debug-stop',
    label: 'Cancel Run',
    command: own('tensorlift.cancelRun'),
    when: ({ running }) => running,
  },
  { icon: 'play', label: 'Run File', command: own('tensorlift.runFile'), when: ifTrusted },
  { icon: 'arrow-up', label: 'Lift File to TensorFlow', command: own('tensorlift.liftFile') },
  { separator: 'Show' },
  { icon: 'type-hierarchy', label: 'Show Graph', command: own('tensorlift.showGraph') },
  { icon: 'table', label: 'Show Tensors', command: own('tensorlift.showTensors') },
  { icon: 'clock', label: 'Show Timings', command: own('tensorlift.showTimings') },
  { separator: 'Kernel' },
  { icon: 'debug-restart', label: 'Restart Kernel', command: own('tensorlift.restartKernel'), when: ifTrusted },
  { icon: 'output', label: 'Show Output', command: own('tensorlift.showOutput') },
  {
    icon: 'settings-gear',
    label: 'Settings',
    command: 'workbench.action.openSettings',
    args: ['@ext:tensorlift.tensorlift'],
  },
];

const isVisible = (uri: vscode.Uri | null): boolean =>
  uri !== null &&
  (vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString()) ||
    vscode.window.visibleNotebookEditors.some(({ notebook }) => notebook.uri.toString() === uri.toString()));

export function registerStatus(features: Features): vscode.Disposable {
  const status = new Status(features);
  return vscode.Disposable.from(
    status,
    features.command('tensorlift.showMenu', () => status.menu()),
  );
}
