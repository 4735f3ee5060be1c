// Results beside the code.
import * as vscode from 'vscode';
import type { Features } from '../features.ts';

export function registerInlineResults(_features: Features): vscode.Disposable {
  return vscode.Disposable.from();
}
