// Findings as diagnostics: hints under what can be lifted, warnings where the meaning would change.
import * as vscode from 'vscode';
import type { Features } from './features.ts';

export function registerDiagnostics(_features: Features): vscode.Disposable {
  return vscode.Disposable.from();
}
