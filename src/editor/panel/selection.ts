// Selection both ways: a node's range in the editor, the cursor's place in the graph.
import * as vscode from 'vscode';
import type { Range } from '../../shared/positions.ts';
import type { Features } from '../features.ts';
import { openPrograms, partAt, placeOf, programPosition, type OpenProgram } from '../programs.ts';
import { openProgram, type Shown } from './shown.ts';

const cursorDelayMs = 80;
const highlightMs = 1500;

/** Opens the program where it is closed. */
export async function opened(uri: vscode.Uri): Promise<OpenProgram | null> {
  const open = openProgram(uri);
  if (open) return open;
  if (uri.path.endsWith('.ipynb')) await vscode.workspace.openNotebookDocument(uri);
  else await vscode.workspace.openTextDocument(uri);
  return openProgram(uri);
}

export class Selection implements vscode.Disposable {
  readonly #panel: Features['panel'];
  readonly #shown: Shown;
  readonly #highlight = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    border: '1px solid',
    borderColor: new vscode.ThemeColor('editor.rangeHighlightBorder'),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #subscriptions: vscode.Disposable;
  #cursor: NodeJS.Timeout | null = null;
  #fading: NodeJS.Timeout | null = null;
  /** What the panel itself selected: its echo is not told back. */
  #revealed = '';

  constructor(features: Pick<Features, 'panel' | 'shown'>) {
    this.#panel = features.panel;
    this.#shown = features.shown;
    this.#subscriptions = vscode.Disposable.from(
      this.#highlight,
      features.panel.onMessage(message => {
        if (message.type === 'reveal') void this.reveal(message.range, message.focus ?? false);
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (!features.panel.isVisible || !this.#shown.run || textEditor.document.languageId !== 'python') return;
        if (this.#cursor) clearTimeout(this.#cursor);
        this.#cursor = setTimeout(() => this.#select(textEditor), cursorDelayMs);
      }),
    );
  }

  /** Selects a range of the text that ran in the editor that shows the program; opens it where it is closed. */
  async reveal(range: Range, focus: boolean): Promise<void> {
    const { uri } = this.#shown;
    const program = uri && (await opened(uri));
    const current = this.#shown.current();
    if (!program || !current) return;
    const moved = (line: number) => current.diff.now(line);
    const place = placeOf(program, {
      start: { ...range.start, line: moved(range.start.line) },
      end: { ...range.end, line: moved(range.end.line) },
    });
    if (!place) return;
    const wanted = place.document.validateRange(place.range);
    this.#revealed = key(place.document, wanted);
    const editor = await this.#editorOf(program, place.document, wanted, !focus);
    if (!editor) return;
    editor.selection = new vscode.Selection(wanted.start, wanted.end);
    editor.revealRange(wanted, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    editor.setDecorations(this.#highlight, [wanted]);
    if (this.#fading) clearTimeout(this.#fading);
    this.#fading = setTimeout(() => editor.setDecorations(this.#highlight, []), highlightMs);
  }

  async #editorOf(
    program: OpenProgram,
    document: vscode.TextDocument,
    range: vscode.Range,
    preserveFocus: boolean,
  ): Promise<vscode.TextEditor | undefined> {
    const visible = () => vscode.window.visibleTextEditors.find(editor => editor.document === document);
    if (program.notebook) {
      const { notebook } = program;
      const index = notebook.getCells().findIndex(cell => cell.document === document);
      if (index < 0) return undefined;
      const cell = new vscode.NotebookRange(index, index + 1);
      const viewColumn = vscode.window.visibleNotebookEditors.find(each => each.notebook === notebook)?.viewColumn;
      const shown = await vscode.window.showNotebookDocument(notebook, {
        preserveFocus,
        selections: [cell],
        viewColumn: viewColumn ?? this.#column(),
      });
      shown.revealRange(cell, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
      return visible();
    }
    const known = visible();
    if (known && preserveFocus) return known;
    return vscode.window.showTextDocument(document, {
      preserveFocus,
      selection: range,
      viewColumn: known?.viewColumn ?? this.#column(document.uri),
    });
  }

  /** Where the document lies hidden behind another tab; else any group but the panel's. */
  #column(uri?: vscode.Uri): vscode.ViewColumn {
    const groups = vscode.window.tabGroups.all;
    const holds = (group: vscode.TabGroup) =>
      group.tabs.some(tab => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri?.toString());
    const isPanel = (group: vscode.TabGroup) => group.activeTab?.input instanceof vscode.TabInputWebview;
    return (groups.find(holds) ?? groups.find(group => !isPanel(group)))?.viewColumn ?? vscode.ViewColumn.One;
  }

  #select(editor: vscode.TextEditor): void {
    const program = openPrograms().find(({ parts }) => parts.some(part => part.document === editor.document));
    if (!program || program.uri.toString() !== this.#shown.uri?.toString()) return;
    const echo = key(editor.document, editor.selection) === this.#revealed;
    this.#revealed = '';
    if (!echo) this.select(program, editor.document, editor.selection.active);
  }

  /** Selects the node of a place in the graph; false where the line is not one that ran. */
  select(program: OpenProgram, document: vscode.TextDocument, position: vscode.Position): boolean {
    const at = programPosition(program, document, position);
    const line = at && partAt(program, at.line) && (this.#shown.current()?.diff.then(at.line) ?? null);
    if (!at || line === null) return false;
    this.#panel.post({ type: 'select', position: { line, character: at.character } });
    return true;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const timer of [this.#cursor, this.#fading]) if (timer) clearTimeout(timer);
  }
}

const key = (document: vscode.TextDocument, { start, end }: vscode.Range): string =>
  `${document.uri.toString()}#${start.line}:${start.character}-${end.line}:${end.character}`;
