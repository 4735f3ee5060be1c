// Lifting functions and files: diff or refactor preview, with the verdict.
import * as vscode from 'vscode';
import type { Features } from './features.ts';

export function registerLift(_features: Features): vscode.Disposable {
  return vscode.Disposable.from();
}
