// The last run of each program, as the rest of the editor sees it: inline results, panel, lenses and status read it here.
import type * as vscode from 'vscode';
import type { Range } from '../../shared/positions.ts';
import type { RunDone } from '../../shared/protocol.ts';
import type { Figure } from '../../shared/tensors.ts';
import type { LineResult, PythonError } from '../../shared/trace.ts';
import type { OpenProgram } from '../programs.ts';

/** What one top-level statement printed, and where the statement begins. */
export interface Printed {
  readonly line: number;
  readonly text: string;
}

/** A top-level statement, or an expression, that a run executes. */
export interface Planned {
  readonly range: Range;
  /** Its text as it ran. */
  readonly text: string;
  readonly defines: readonly string[];
  readonly needs: readonly string[];
  /** True for an expression inside a statement. */
  readonly expression: boolean;
}

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
  /** What this run executes, in order. */
  readonly planned: readonly Planned[];
  /** Lines (of the program) of the top-level statements that ran to their end. */
  readonly ran: readonly number[];
  readonly printed: readonly Printed[];
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
