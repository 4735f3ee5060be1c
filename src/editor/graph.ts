// The panel's content: graph, tensors, timings of the last run; selection to source and back; export.
import * as vscode from 'vscode';
import type { Features } from './features.ts';

export function registerGraph(_features: Features): vscode.Disposable {
  return vscode.Disposable.from();
}
