// Run File, Selection, Statement, Function, Cell; Cancel; Restart.
import * as vscode from 'vscode';
import type { Features } from '../features.ts';

export function registerRunCommands(_features: Features): vscode.Disposable {
  return vscode.Disposable.from();
}
