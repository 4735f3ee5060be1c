// One language status item for the analysis, one status bar item for the kernel.
import * as vscode from 'vscode';
import type { Features } from './features.ts';

export function registerStatus(_features: Features): vscode.Disposable {
  return vscode.Disposable.from();
}
