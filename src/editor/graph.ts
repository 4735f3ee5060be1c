// The panel's content: graph, tensors, timings of a program's last run; selection to source and back; export.
import * as vscode from 'vscode';
import type { SliceAnswer } from '../kernel/index.ts';
import type { FromPanel, PanelTab } from '../shared/panel.ts';
import { panelType } from './contributions/ids.ts';
import type { Features } from './features.ts';
import { exportedPage, exportedPicture, exportedProfile, save } from './panel/exports.ts';
import { opened, Selection } from './panel/selection.ts';
import { programOf, type OpenProgram } from './programs.ts';

/** What lenses, menus and tests pass to the commands. */
export interface Target {
  /** A file or a notebook; lenses pass it as text. */
  readonly uri?: vscode.Uri | string;
  /** A function: it runs instead of the file. Of `showTensors`, a tensor. */
  readonly name?: string;
  /** Index of a cell. */
  readonly cell?: number;
  /** Of `exportReport`: where to, without a dialog. */
  readonly target?: vscode.Uri;
}

const uriOf = (given: Target | vscode.Uri | undefined): vscode.Uri | undefined => {
  if (given instanceof vscode.Uri) return given;
  return typeof given?.uri === 'string' ? vscode.Uri.parse(given.uri) : given?.uri;
};

/** Lenses pass an object, menus pass an address, the palette nothing: then it is the active editor. */
export async function programAt(given?: Target | vscode.Uri): Promise<OpenProgram | null> {
  const uri = uriOf(given);
  if (uri) return opened(uri);
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (notebook) return opened(notebook.uri);
  const active = vscode.window.activeTextEditor?.document;
  return active ? programOf(active) : null;
}

const nothingOpen = 'Open a Python file or a notebook first.';

export function registerGraph(features: Features): vscode.Disposable {
  const { panel, runs, shown } = features;
  const selection = new Selection(features);

  /** Runs the program, or a function or cell of it; the panel follows the run. */
  async function run({ uri }: OpenProgram, { name, cell }: Target): Promise<void> {
    if (!vscode.workspace.isTrusted)
      throw new Error(
        'Nothing runs in a workspace that is not trusted, so there is no graph. Trust the workspace first.',
      );
    shown.prepare();
    const [lens, { executeCommand }] = [uri.toString(), vscode.commands];
    try {
      if (name !== undefined) await executeCommand('tensorlift.runFunction', { uri: lens, name });
      else if (cell !== undefined) await executeCommand('tensorlift.runCell', { uri: lens, cell });
      else await executeCommand('tensorlift.runFile', uri);
    } finally {
      await shown.settle();
    }
  }

  /** The program that a command is about: the given or active one, else the one that is shown. */
  async function wanted(given: Target | vscode.Uri | undefined): Promise<OpenProgram> {
    const program = (await programAt(given)) ?? (shown.uri && !given ? await opened(shown.uri) : null);
    if (!program) throw new Error(nothingOpen);
    return program;
  }

  /** Opens a tab with the run of the program; runs it where there is none of its present text. */
  async function show(program: OpenProgram, tab: PanelTab, target: Target = {}): Promise<void> {
    if (!vscode.workspace.isTrusted)
      throw new Error(
        'Nothing runs in a workspace that is not trusted, so there is no graph. Trust the workspace first.',
      );
    shown.choose(program.uri);
    panel.open(tab);
    const graph = shown.currentGraph(program, tab === 'tensors');
    const { name, cell } = target;
    if (!graph || cell !== undefined) return run(program, target);
    if (name === undefined) return shown.showLast(tab);
    const node = graph.nodes.find(({ group, range }) => range && group.includes(name));
    if (!node?.range) return run(program, target);
    await shown.showLast(tab);
    panel.post({ type: 'select', position: node.range.start });
  }

  /** Opens a tab with what is shown of the program already, stale or not; runs it where there is nothing. */
  async function open(program: OpenProgram, tab: PanelTab): Promise<void> {
    const run = shown.uri?.toString() === program.uri.toString() ? shown.run : null;
    // The gradient of a function leaves no names to look at.
    if (run?.report.run && (tab !== 'tensors' || run.namespace !== null)) panel.open(tab);
    else await show(program, tab);
  }

  async function exportReport(given?: Target): Promise<vscode.Uri | undefined> {
    await open(await wanted(given), 'overview');
    const report = shown.run?.report;
    if (!report) throw new Error('There is no run to report.');
    return save(await exportedPage(report), shown.uri, given?.target);
  }

  async function exportProfile(): Promise<void> {
    const profile = shown.run && exportedProfile(shown.run.report, shown.uri?.fsPath ?? '');
    if (!profile) throw new Error('There is no run whose timings could be exported.');
    await save(profile, shown.uri);
  }

  /** The kernel checks every gradient that a traced tape takes; this says what came of it. */
  function checkGradients(): void {
    const gradients = shown.run?.report.run?.gradients ?? [];
    const checked = gradients.map(({ checkMaxRel }) => checkMaxRel).filter(each => typeof each === 'number');
    const left = gradients.length - checked.length;
    const worst = checked.length ? Math.max(...checked).toExponential(1) : '';
    const said = !gradients.length
      ? 'The run took no gradient. “Gradient” over a function differentiates and checks it.'
      : `${checked.length} of ${gradients.length} gradients were compared with central differences in float64` +
        (checked.length ? `; the largest relative error is ${worst}.` : '.') +
        (left ? ' The others have tf.stop_gradient, more than 300 ops or more than 100,000 elements.' : '');
    void vscode.window.showInformationMessage(said);
  }

  const commands: Readonly<Record<Extract<FromPanel, { type: 'command' }>['command'], () => unknown>> = {
    run: async () => {
      if (shown.again) return shown.again();
      const program = await wanted(shown.uri ?? undefined);
      shown.choose(program.uri);
      return run(program, {});
    },
    cancel: () => (shown.cancel ? shown.cancel() : vscode.commands.executeCommand('tensorlift.cancelRun')),
    restart: () => vscode.commands.executeCommand('tensorlift.restartKernel'),
    showOutput: () => vscode.commands.executeCommand('tensorlift.showOutput'),
    exportHtml: () => exportReport(shown.uri ? { uri: shown.uri } : undefined),
    exportProfile,
    checkGradients,
    compare: () => vscode.commands.executeCommand('tensorlift.compare', shown.uri ?? undefined),
    openDiff: () => vscode.commands.executeCommand('tensorlift.openLiftDiff', shown.uri ?? undefined),
  };

  async function slice({ id, request }: Extract<FromPanel, { type: 'slice' }>): Promise<void> {
    const answer: SliceAnswer = await runs
      .slice(request)
      .catch((error: unknown) => ({ slice: null, problem: error instanceof Error ? error.message : String(error) }));
    const problem = answer.problem === undefined ? {} : { problem: answer.problem };
    panel.post({ type: 'slice', id, slice: answer.slice, ...problem });
  }

  async function receive(message: Exclude<FromPanel, { type: 'ready' }>): Promise<void> {
    switch (message.type) {
      case 'reveal':
        return; // Selection listens itself.
      case 'command':
        return void (await commands[message.command]());
      case 'save':
        return void (await save(exportedPicture(message), shown.uri));
      case 'copy':
        return vscode.env.clipboard.writeText(message.text);
      case 'slice':
        return slice(message);
    }
  }

  return vscode.Disposable.from(
    selection,
    features.command('tensorlift.showGraph', async (given?: Target | vscode.Uri) =>
      show(await wanted(given), 'graph', given instanceof vscode.Uri ? {} : given),
    ),
    features.command('tensorlift.showTensors', async (given?: Target | vscode.Uri) => {
      await open(await wanted(given), 'tensors');
      if (given && 'name' in given && given.name) panel.post({ type: 'tensor', name: given.name });
    }),
    features.command('tensorlift.showTimings', async (given?: Target | vscode.Uri) =>
      open(await wanted(given), 'timings'),
    ),
    features.command('tensorlift.revealInGraph', async (given?: { readonly line?: number }) => {
      const editor = vscode.window.activeTextEditor;
      if (!editor) throw new Error(nothingOpen);
      const program = await wanted(undefined);
      await open(program, 'graph');
      const { active } = editor.selection;
      selection.select(
        program,
        editor.document,
        given?.line === undefined ? active : new vscode.Position(given.line, 0),
      );
    }),
    features.command('tensorlift.exportReport', exportReport),
    panel.onMessage(message => {
      receive(message).catch((error: unknown) => {
        const said = error instanceof Error ? error.message : String(error);
        features.log.error(`panel, ${message.type}: ${said}`);
        void vscode.window.showErrorMessage(`Tensorlift: ${said}`);
      });
    }),
    vscode.window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: async view => {
        if (panel.state.kind === 'empty') panel.show(shown.empty());
        panel.adopt(view);
      },
    }),
  );
}
