// Python errors at their line.
import * as vscode from 'vscode';
import type { Features } from '../features.ts';

export function registerErrors(_features: Features): vscode.Disposable {
  return vscode.Disposable.from();
}
