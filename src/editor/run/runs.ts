// The last run of each program, as the rest of the editor sees it: inline results, panel, lenses and status read it here.
import type * as vscode from 'vscode';
import type { RunDone } from '../../shared/protocol.ts';
import type { Figure } from '../../shared/tensors.ts';
import type { LineResult, PythonError } from '../../shared/trace.ts';
import type { OpenProgram } from '../programs.ts';

export interface RunRecord {
  /** The texts that ran. */
  readonly program: OpenProgram;
  readonly kind: 'file' | 'part' | 'function';
  readonly startedAt: number;
  readonly state: 'running' | 'done' | 'died';
  readonly stdout: string;
  readonly stderr: string;
  /** By line of the program, in the order in which they came; a statement that runs again replaces its own. */
  readonly lines: readonly LineResult[];
  readonly figures: readonly Figure[];
  /** Lines (of the program) of the top-level statements that ran to their end. */
  readonly ran: readonly number[];
  readonly error: PythonError | null;
  /** Null while it runs and after the kernel died. */
  readonly done: RunDone | null;
}

/** What other features may know of runs. */
export interface Runs {
  /** A run began, brought a result, or ended. */
  readonly onDidChange: vscode.Event<RunRecord>;
  /** The kernel started, died or was restarted: names of earlier runs are gone. */
  readonly onDidLose: vscode.Event<string>;
  last(uri: vscode.Uri): RunRecord | null;
  /** The run that is on its way, if any. */
  readonly running: RunRecord | null;
}
