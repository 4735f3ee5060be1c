// Explain a rule; switch it off for a line, a file, the workspace.
import * as vscode from 'vscode';
import type { Features } from './features.ts';

export function registerRules(_features: Features): vscode.Disposable {
  return vscode.Disposable.from();
}
