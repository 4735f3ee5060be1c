// The extension's entry: makes what the features share and registers them. Nothing is started here; the analysis begins with the
// first Python document, the kernel with the first one that imports NumPy or TensorFlow, or with the first run.
import * as vscode from 'vscode';
import { Panel } from '../panel/panel.ts';
import { ServiceThread } from '../service/thread/client.ts';
import { registerActiveContext } from './activeContext.ts';
import { Analyses } from './analyses.ts';
import { registerCodeActions } from './codeActions.ts';
import { registerCodeLens } from './codeLens.ts';
import { registerDiagnostics } from './diagnostics.ts';
import { registerGradient } from './gradient.ts';
import { registerGraph } from './graph.ts';
import { registerHover } from './hover.ts';
import { registerInlayHints } from './inlayHints.ts';
import { registerLift } from './lift.ts';
import { registerRules } from './rules.ts';
import { registerRunCommands } from './run/commands.ts';
import { registerErrors } from './run/errors.ts';
import { registerInlineResults } from './run/inlineResults.ts';
import { registerOutput } from './run/output.ts';
import { registerStatus } from './status.ts';
import type { CommandId } from './contributions/commands.ts';
import type { Features, Register } from './features.ts';
import { Shown } from './panel/shown.ts';
import { RunSession } from './run/session.ts';

/** One entry for each feature, a file each. */
const features: readonly Register[] = [
  registerActiveContext,
  registerCodeActions,
  registerCodeLens,
  registerDiagnostics,
  registerGradient,
  registerGraph,
  registerHover,
  registerInlayHints,
  registerLift,
  registerRules,
  registerRunCommands,
  registerErrors,
  registerInlineResults,
  registerOutput,
  registerStatus,
];

/** What tests may look at. */
export interface Api {
  readonly features: Features;
  readonly activationMs: number;
}

export function activate(context: vscode.ExtensionContext): Api {
  const started = performance.now();
  const log = vscode.window.createOutputChannel('Tensorlift', { log: true });
  const service = new ServiceThread();
  const roots = () => service.setRoots((vscode.workspace.workspaceFolders ?? []).map(folder => folder.uri.fsPath));
  roots();
  const own = {
    context,
    log,
    service,
    analyses: new Analyses(service, log),
    runs: new RunSession(log),
    panel: new Panel(context.extensionUri),
  };
  const shared: Features = {
    ...own,
    shown: new Shown(own),
    command: (id, action) => registerCommand(id, action, log),
  };
  context.subscriptions.push(
    log,
    shared.analyses,
    shared.runs,
    shared.shown,
    shared.panel,
    { dispose: () => void service.dispose() },
    vscode.workspace.onDidChangeWorkspaceFolders(roots),
    ...features.map(register => register(shared)),
  );
  return { features: shared, activationMs: performance.now() - started };
}

function registerCommand(
  id: CommandId,
  action: (...args: never[]) => unknown,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: never[]) => {
    try {
      return await action(...args);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log.error(`${id}: ${error instanceof Error ? (error.stack ?? message) : message}`);
      const answer = await vscode.window.showErrorMessage(`Tensorlift: ${message}`, 'Show Output');
      if (answer) log.show(true);
      return undefined;
    }
  });
}
