// Quick fixes and rewrites, each with its level.
import * as vscode from 'vscode';
import type { Features } from './features.ts';

export function registerCodeActions(_features: Features): vscode.Disposable {
  return vscode.Disposable.from();
}
