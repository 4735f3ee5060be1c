// One row over each function and cell: Run, Lift, Graph, Gradient. Answers come from the last analysis at once, moved along with the
// edits since, so that rows never jump.
import * as vscode from 'vscode';
import type { CommandId } from './contributions/commands.ts';
import { pythonSelector } from './contributions/ids.ts';
import type { SettingId } from './contributions/settings.ts';
import type { Analysed } from './analyses.ts';
import { cellLines, textCells } from './cells.ts';
import type { Features } from './features.ts';
import { functionRows, merged, moved, type Row } from './lenses.ts';
import { notebookOf, partAt } from './programs.ts';
import { onSetting, setting } from './settings.ts';

/** What a lens hands to its command: a function of a program, or one of its cells. */
export interface LensTarget {
  /** The file or notebook; links in hovers carry it as text. */
  readonly uri: vscode.Uri | string;
  readonly name?: string;
  /** Of a notebook: index into the program's parts. Of a file: index into its `# %%` cells. */
  readonly cell?: number;
}

interface Lens {
  readonly title: string;
  readonly tooltip: string;
  readonly setting: SettingId;
  readonly command: Readonly<Record<Row['kind'], CommandId | null>>;
  readonly when: (row: Row) => boolean;
}

/** The lenses of a row, from left to right. */
const lenses: readonly Lens[] = [
  {
    title: 'Run',
    tooltip: 'Run it on the bundled runtime',
    setting: 'tensorlift.codeLens.run',
    command: { function: 'tensorlift.runFunction', cell: 'tensorlift.runCell' },
    when: () => true,
  },
  {
    title: 'Lift',
    tooltip: 'Rewrite it to TensorFlow, with a verdict',
    setting: 'tensorlift.codeLens.lift',
    command: { function: 'tensorlift.liftFunction', cell: 'tensorlift.liftCell' },
    when: row => row.lifts,
  },
  {
    title: 'Graph',
    tooltip: 'Show the graph of its last run',
    setting: 'tensorlift.codeLens.graph',
    command: { function: 'tensorlift.showGraph', cell: 'tensorlift.showGraph' },
    when: () => true,
  },
  {
    title: 'Gradient',
    tooltip: 'Show its gradient, checked by central differences',
    setting: 'tensorlift.codeLens.gradient',
    command: { function: 'tensorlift.showGradient', cell: null },
    when: row => row.gradient,
  },
];

class Lenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  /** Document → its rows. */
  readonly #rows = new Map<string, readonly Row[]>();
  readonly #subscriptions: vscode.Disposable;

  constructor({ analyses }: Features) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      analyses.onDidAnalyse(analysed => this.#take(analysed)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const rows = this.#rows.get(document.uri.toString());
        if (rows?.length) this.#rows.set(document.uri.toString(), moved(rows, contentChanges));
      }),
      vscode.workspace.onDidCloseTextDocument(document => this.#rows.delete(document.uri.toString())),
      onSetting(
        lenses.map(lens => lens.setting),
        () => this.#changed.fire(),
      ),
    );
    for (const analysed of analyses.all()) this.#take(analysed);
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const uri = notebookOf(document)?.uri ?? document.uri;
    const wanted = lenses.filter(lens => setting(lens.setting, document));
    return (this.#rows.get(document.uri.toString()) ?? []).flatMap(row => {
      const line = Math.min(row.at.line, document.lineCount - 1);
      const range = new vscode.Range(line, row.at.character, line, document.lineAt(line).text.length);
      const target: LensTarget = row.kind === 'function' ? { uri, name: row.name } : { uri, cell: row.cell };
      return wanted.flatMap(lens => {
        const command = lens.command[row.kind];
        if (command === null || !lens.when(row)) return [];
        const { title, tooltip } = lens;
        return [new vscode.CodeLens(range, { command, title, tooltip, arguments: [target] })];
      });
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #take(analysed: Analysed): void {
    const { program, outline } = analysed;
    const rows = new Map<string, Row[]>(program.parts.map(({ document }) => [document.uri.toString(), []]));
    for (const row of functionRows(outline)) {
      const part = partAt(program, row.at.line);
      if (!part) continue;
      const at = { line: row.at.line - part.firstLine, character: row.at.character };
      rows.get(part.document.uri.toString())?.push({ ...row, at });
    }
    if (outline.relevant) for (const row of cellRows(analysed)) rows.get(row.document)?.push(row);
    for (const [uri, now] of rows) {
      const part = program.parts.find(({ document }) => document.uri.toString() === uri);
      // Of an older text: the rows that are shown have moved with the edits, and the next analysis is on its way.
      if (!part || part.document.version !== part.version) continue;
      const { document } = part;
      const lineText = (line: number) => (line < document.lineCount ? document.lineAt(line).text : '');
      const next = merged(this.#rows.get(uri) ?? [], now, lineText);
      if (JSON.stringify(next) === JSON.stringify(this.#rows.get(uri))) continue;
      this.#rows.set(uri, next);
      this.#changed.fire();
    }
  }
}

/** Rows of cells; a cell that begins with a function which has a row of its own has none. */
function cellRows({ program, outline, changes }: Analysed): readonly (Row & { document: string })[] {
  const own = new Set(functionRows(outline).map(({ at }) => at.line));
  const lifts = (cell: number): boolean => {
    const lines = cellLines(program, cell);
    return changes.some(({ range: { start } }) => lines && lines.first <= start.line && start.line < lines.end);
  };
  const row = (cell: number, line: number, document: vscode.TextDocument) => ({
    kind: 'cell' as const,
    name: '',
    cell,
    at: { line, character: 0 },
    lifts: lifts(cell),
    gradient: false,
    document: document.uri.toString(),
  });
  if (!program.notebook) {
    const [part] = program.parts;
    return part ? textCells(program.text).map(({ line }, cell) => row(cell, line, part.document)) : [];
  }
  return program.parts.flatMap(({ document, firstLine }, cell) => {
    const text = document.getText();
    if (!text.trim()) return [];
    const first = text.slice(0, text.search(/\S/)).split(/\r\n|\n|\r/).length - 1;
    return own.has(firstLine + first) ? [] : [row(cell, 0, document)];
  });
}

export function registerCodeLens(features: Features): vscode.Disposable {
  const provider = new Lenses(features);
  return vscode.Disposable.from(provider, vscode.languages.registerCodeLensProvider(pythonSelector, provider));
}
