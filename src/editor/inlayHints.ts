// dtype and shape behind the names of arrays and tensors.
import * as vscode from 'vscode';
import type { Features } from './features.ts';

export function registerInlayHints(_features: Features): vscode.Disposable {
  return vscode.Disposable.from();
}
