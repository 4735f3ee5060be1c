// Where print and input go.
import * as vscode from 'vscode';
import type { Features } from '../features.ts';

export function registerOutput(_features: Features): vscode.Disposable {
  return vscode.Disposable.from();
}
