// What every feature of the editor may use. Made once in `extension.ts`; a feature registers itself with it and gives back what
// has to be disposed.
import type * as vscode from 'vscode';
import type { ServiceThread } from '../service/thread/client.ts';
import type { Panel } from '../panel/panel.ts';
import type { Analyses } from './analyses.ts';
import type { CommandId } from './contributions/commands.ts';
import type { Shown } from './panel/shown.ts';
import type { RunSession } from './run/session.ts';

export interface Features {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly service: ServiceThread;
  readonly analyses: Analyses;
  readonly runs: RunSession;
  readonly panel: Panel;
  /** The program that the panel shows. */
  readonly shown: Shown;
  /** Registers a command of the table; what it throws is logged and shown, since the user asked for it. */
  command(id: CommandId, action: (...args: never[]) => unknown): vscode.Disposable;
}

export type Register = (features: Features) => vscode.Disposable;
