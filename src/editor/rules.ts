// "Explain TLnnn" opens the rule's page; "Disable TLnnn" switches it off for a line, a file or the workspace. Edits can be undone.
import * as vscode from 'vscode';
import { disableInFile, disableOnLine } from './disable.ts';
import type { Features } from './features.ts';
import { placeOf, programOf, type OpenProgram, type Part } from './programs.ts';
import { rulePage } from './rulePages.ts';
import { setting } from './settings.ts';

/** What `tensorlift.disableRule` takes. */
export interface DisableRequest {
  /** The file or notebook, as text. */
  readonly uri: string;
  readonly rule: string;
  /** 0-based line of the program. */
  readonly line: number;
  readonly where: 'line' | 'file' | 'workspace';
}

/** The edit that switches a rule off for a line (of the program) or its file; null where a comment can't say so. */
export function disableEdit(
  program: OpenProgram,
  rule: string,
  line: number,
  where: 'line' | 'file',
): vscode.WorkspaceEdit | null {
  const place = placeOf(program, { start: { line, character: 0 }, end: { line, character: 0 } });
  const document = where === 'line' ? place?.document : fileCommentHome(program)?.document;
  if (!document) return null;
  const text = document.getText();
  const edits = where === 'line' ? disableOnLine(text, place?.range.start.line ?? 0, rule) : disableInFile(text, rule);
  if (!edits) return null;
  const made = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits)
    made.insert(document.uri, new vscode.Position(range.start.line, range.start.character), newText);
  return made;
}

/** Of a notebook, the cell whose comments speak for all: one that has such a comment, else the first without a cell magic. */
function fileCommentHome({ parts }: OpenProgram): Part | undefined {
  const texts = parts.map(part => ({ part, text: part.document.getText() }));
  const found =
    texts.find(({ text }) => /#\s*tensorlift:\s*ignore-file/.test(text)) ??
    texts.find(({ text }) => !text.startsWith('%%'));
  return found?.part ?? parts[0];
}

async function disableRule({ uri, rule, line, where }: DisableRequest): Promise<void> {
  const address = vscode.Uri.parse(uri);
  if (where === 'workspace') return disableInWorkspace(rule, address);
  const open = vscode.workspace.textDocuments.find(
    document => (programOf(document)?.uri ?? document.uri).toString() === address.toString(),
  );
  const program = programOf(open ?? (await vscode.workspace.openTextDocument(address)));
  const edit = program && disableEdit(program, rule, line, where);
  if (!edit) throw new Error(`No comment can stand at line ${line + 1}. Disable ${rule} for the file instead.`);
  await vscode.workspace.applyEdit(edit);
}

async function disableInWorkspace(rule: string, scope: vscode.Uri): Promise<void> {
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  const rules = { ...setting('tensorlift.lint.rules', scope), [rule]: 'off' };
  await vscode.workspace.getConfiguration().update('tensorlift.lint.rules', rules, target);
}

/** Opens the page of a rule as it is meant to be read; as text where there is no Markdown preview. */
async function explainRule(context: vscode.ExtensionContext, rule: string): Promise<void> {
  if (!/^TL\d{3}$/.test(rule)) throw new Error(`There is no rule "${rule}".`);
  const page = rulePage(context.extensionUri, rule);
  try {
    await vscode.commands.executeCommand('markdown.showPreview', page);
  } catch {
    await vscode.window.showTextDocument(page);
  }
}

export function registerRules({ command, context }: Features): vscode.Disposable {
  return vscode.Disposable.from(
    command('tensorlift.explainRule', (rule: string) => explainRule(context, rule)),
    command('tensorlift.disableRule', disableRule),
  );
}
