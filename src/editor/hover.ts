// What a call becomes under TensorFlow, and why; what the last run saw.
import * as vscode from 'vscode';
import type { Features } from './features.ts';

export function registerHover(_features: Features): vscode.Disposable {
  return vscode.Disposable.from();
}
