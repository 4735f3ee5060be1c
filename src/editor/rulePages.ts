// The pages of the rules, docs/rules/TLnnn.md: they are part of the extension, so links to them work without a network.
import * as vscode from 'vscode';

/** Where the page of a rule is. */
export const rulePage = (extension: vscode.Uri, rule: string): vscode.Uri =>
  vscode.Uri.joinPath(extension, 'docs', 'rules', `${rule}.md`);
