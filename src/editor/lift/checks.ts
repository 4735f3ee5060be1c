// After a fix was applied: both texts run in the background, and the verdict stands beside the line for a while.
import * as vscode from 'vscode';
import { applyEdits } from '../../core/syntax/index.ts';
import type { TextEdit } from '../../shared/positions.ts';
import type { Features } from '../features.ts';
import { notebookProgram, placeOf, programOf, workspaceEdit, type OpenProgram } from '../programs.ts';
import { setting } from '../settings.ts';
import { inverse, landed } from './edits.ts';
import { disagrees, verdictHead, type Remembered } from './titles.ts';
import { Verdicts, type FixKey } from './verdicts.ts';

/** A fix that was applied, with the program as it was before. */
export interface AppliedFix {
  readonly program: OpenProgram;
  readonly edits: readonly TextEdit[];
  readonly fix: FixKey;
  /** "Replace with `tf.exp(x)`", for messages. */
  readonly title: string;
}

/** How long a verdict stays beside its line. */
const shownMs = 10_000;

/** The program as it is open now; null where it was closed. */
export function currentProgram(program: OpenProgram): OpenProgram | null {
  if (program.notebook) return program.notebook.isClosed ? null : notebookProgram(program.notebook);
  const [part] = program.parts;
  return part && !part.document.isClosed ? programOf(part.document) : null;
}

/** Why nothing is verified, or null. */
export function whyNotVerified(program: OpenProgram): string | null {
  if (!vscode.workspace.isTrusted) return 'this workspace is not trusted';
  return setting('tensorlift.verify.enable', program.uri) ? null : 'verification is switched off';
}

/** Where the two sides run, and for how long. */
export function verifyOptions(program: OpenProgram): { readonly timeout: number; readonly python?: string } {
  const python = setting('tensorlift.verify.python', program.uri).trim();
  return {
    timeout: setting('tensorlift.verify.timeout', program.uri),
    ...(python === '' || !vscode.workspace.isTrusted ? {} : { python }),
  };
}

/** A text whatever its line ends: the editor puts its own into what is inserted. */
const lines = (text: string): string => text.replace(/\r\n?/g, '\n');

export class FixChecks implements vscode.Disposable {
  readonly verdicts = new Verdicts();
  readonly #features: Features;
  readonly #good = decoration('tensorlift.verifiedForeground');
  readonly #quiet = decoration('tensorlift.resultForeground');
  readonly #changed = new vscode.EventEmitter<void>();
  /** A verdict came in: titles of actions differ from now on. */
  readonly onDidVerify = this.#changed.event;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(features: Features) {
    this.#features = features;
  }

  /** Verifies in the background; never throws. */
  async check(applied: AppliedFix): Promise<void> {
    const after = currentProgram(applied.program);
    if (!after || whyNotVerified(applied.program) !== null) return;
    // What was typed since is no part of the fix.
    if (lines(after.text) !== lines(applyEdits(applied.program.text, applied.edits))) return;
    const { edits, program } = applied;
    const range = edits[0] ? landed(program.text, edits, edits[0]) : null;
    const place = range && placeOf(after, range);
    const clear = place ? this.#beside(place, 'verifying…', this.#quiet) : () => undefined;
    const verdict = await this.#verify(applied, after);
    clear();
    if (!verdict) return;
    this.verdicts.remember(applied.program.text, applied.fix, verdict);
    this.#changed.fire();
    const now = currentProgram(applied.program);
    if (now?.text !== after.text) return;
    if (disagrees(verdict.status)) await this.#warn(applied, after, verdict);
    else if (place) {
      const good = verdict.status === 'verified';
      const text = good ? `✓ ${verdict.text}` : verdict.text;
      const undo = this.#beside(
        place,
        text,
        good ? this.#good : this.#quiet,
        `${verdictHead[verdict.status]}: ${verdict.text}.`,
      );
      this.#later(undo);
    }
  }

  /** Runs both texts; null where the comparison itself failed, which is logged. */
  async #verify(applied: AppliedFix, after: OpenProgram): Promise<Remembered | null> {
    const { program } = applied;
    try {
      const args = [program.source, after.source, program.path, verifyOptions(program)] as const;
      const { verdict, text } = await this.#features.service.call('verify', [...args]);
      return { status: verdict.status, text, inputs: verdict.inputs };
    } catch (error) {
      this.#features.log.warn(`${program.path}: a fix could not be verified: ${String(error)}`);
      return null;
    }
  }

  /** What the user just did changes the results: this has to be said. */
  async #warn(applied: AppliedFix, after: OpenProgram, verdict: Remembered): Promise<void> {
    const name = vscode.workspace.asRelativePath(applied.program.uri);
    const answer = await vscode.window.showWarningMessage(
      `${name}: after “${applied.title}” the program ${verdict.text}.`,
      'Undo',
      'Show Difference',
    );
    if (answer === 'Undo') await takeBack(applied, after);
    if (answer === 'Show Difference') await showTexts(applied.program, after);
  }

  #beside(
    { document, range }: { readonly document: vscode.TextDocument; readonly range: vscode.Range },
    text: string,
    type: vscode.TextEditorDecorationType,
    hover?: string,
  ): () => void {
    const end = document.lineAt(Math.min(range.start.line, document.lineCount - 1)).range.end;
    const options: vscode.DecorationOptions = {
      range: new vscode.Range(end, end),
      renderOptions: { after: { contentText: text } },
      ...(hover === undefined ? {} : { hoverMessage: hover }),
    };
    const editors = vscode.window.visibleTextEditors.filter(editor => editor.document === document);
    for (const editor of editors) editor.setDecorations(type, [options]);
    const clear = (): void => {
      for (const editor of editors) editor.setDecorations(type, []);
      typing.dispose();
    };
    // A verdict is about the text that it was made for.
    const typing = vscode.workspace.onDidChangeTextDocument(event => {
      if (event.document === document && event.contentChanges.length > 0) clear();
    });
    return clear;
  }

  #later(action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, shownMs);
    this.#timers.add(timer);
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#good.dispose();
    this.#quiet.dispose();
    this.#changed.dispose();
  }
}

const decoration = (color: string): vscode.TextEditorDecorationType =>
  vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor(color), margin: '0 0 0 3ch' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });

/** Takes the fix back where the text is still the one that it made. */
async function takeBack(applied: AppliedFix, after: OpenProgram): Promise<void> {
  const now = currentProgram(applied.program);
  if (now?.text !== after.text) {
    void vscode.window.showInformationMessage('The text has changed since the fix; use Undo in the editor.');
    return;
  }
  await vscode.workspace.applyEdit(workspaceEdit(now, inverse(applied.program.text, applied.edits)));
}

async function showTexts(before: OpenProgram, after: OpenProgram): Promise<void> {
  const left = await vscode.workspace.openTextDocument({ language: 'python', content: before.text });
  const right = await vscode.workspace.openTextDocument({ language: 'python', content: after.text });
  const name = before.uri.path.split('/').at(-1) ?? '';
  await vscode.commands.executeCommand('vscode.diff', left.uri, right.uri, `${name}: before and after the fix`);
}
