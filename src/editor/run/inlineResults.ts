// Results beside the code: values, pictures and what was printed, at the end of the line, as statements finish; marks in the gutter
// for what ran, did not run, and raised an error. They move with edits and are dimmed when they are stale.
import * as vscode from 'vscode';
import type { Features } from '../features.ts';
import { notebookOf, partAt, type OpenProgram } from '../programs.ts';
import { pictureColors, sparkline } from '../pictures.ts';
import { onSetting, setting } from '../settings.ts';
import { Marks, type Mark } from './marks.ts';
import { resultHover } from './resultHover.ts';
import { anchorOf, isLong } from './anchor.ts';
import type { RunRecord } from './runs.ts';
import { displayLine, Sheet, type Row } from './sheet.ts';
import { framesOf } from './traceback.ts';
import { cut, figureText, isTelling, namedText, valueText } from './valueText.ts';

/** Decorations are drawn at most this often, in milliseconds. */
const drawEvery = 100;
/** Lines above and below the window that are decorated too. */
const margin = 60;

export function registerInlineResults(features: Features): vscode.Disposable {
  const results = new InlineResults(features);
  return vscode.Disposable.from(
    results,
    features.command('tensorlift.clearResults', () => results.clear(vscode.window.activeTextEditor?.document)),
    features.command('tensorlift.copyResult', (target: { uri: string; line: number; name: string }) =>
      results.copy(target),
    ),
  );
}

/** A record that is being read: how much of it was taken. */
interface Reading {
  readonly startedAt: number;
  lines: number;
  printed: number;
  figures: number;
  readonly rows: readonly { readonly row: Row | null; readonly line: number }[];
}

class InlineResults implements vscode.HoverProvider, vscode.Disposable {
  readonly #sheets = new Map<string, Sheet>();
  readonly #readings = new Map<string, Reading>();
  readonly #dirty = new Set<vscode.TextEditor>();
  readonly #marks = new Marks();
  // Pictures stand before values: decorations of one place are drawn in the order in which their types were made.
  readonly #picture = attachment();
  readonly #value = attachment();
  readonly #print = attachment();
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | null = null;
  #drawnAt = 0;

  constructor({ runs }: Features) {
    const { window, workspace } = vscode;
    this.#subscriptions = vscode.Disposable.from(
      this.#marks,
      this.#value,
      this.#picture,
      this.#print,
      runs.onDidChange(record => this.#take(record)),
      runs.onDidLose(() => this.#lose()),
      workspace.onDidChangeTextDocument(event => this.#edit(event)),
      workspace.onDidCloseTextDocument(document => this.#sheets.delete(document.uri.toString())),
      window.onDidChangeVisibleTextEditors(editors => editors.forEach(editor => this.#touch(editor))),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#touch(textEditor)),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#touchStale(textEditor)),
      window.onDidChangeActiveColorTheme(() => window.visibleTextEditors.forEach(editor => this.#touch(editor))),
      onSetting(['tensorlift.run.results', 'tensorlift.run.sparklines'], () =>
        window.visibleTextEditors.forEach(editor => this.#touch(editor)),
      ),
      vscode.languages.registerHoverProvider({ language: 'python' }, this),
    );
  }

  /** Takes results away: of one document with its notebook, or all. */
  clear(document?: vscode.TextDocument): void {
    const notebook = document && notebookOf(document);
    const documents = notebook ? notebook.getCells().map(cell => cell.document) : document ? [document] : null;
    if (documents) for (const each of documents) this.#sheets.delete(each.uri.toString());
    else this.#sheets.clear();
    for (const editor of vscode.window.visibleTextEditors) this.#touch(editor);
  }

  async copy({ uri, line, name }: { uri: string; line: number; name: string }): Promise<void> {
    const row = this.#sheets.get(uri)?.rows.find(each => displayLine(each) === line && each.results.has(name));
    const result = row?.results.get(name);
    if (!result) throw new Error('This result is gone.');
    await vscode.env.clipboard.writeText(result.repr);
    vscode.window.setStatusBarMessage(`Tensorlift: copied ${name || 'the value'}.`, 3000);
  }

  /** At the end of a line, where its result stands; anywhere on one whose end is out of sight. */
  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | null {
    if (setting('tensorlift.run.results') === 'off') return null;
    const sheet = this.#sheets.get(document.uri.toString());
    const { line, character } = position;
    if (!sheet || (character < document.lineAt(line).text.trimEnd().length && !isLong(document, line))) return null;
    const rows = sheet.rows.filter(row => displayLine(row) === position.line && hasSomething(row));
    if (rows.length === 0) return null;
    const colors = pictureColors(vscode.window.activeColorTheme.kind);
    return new vscode.Hover(
      rows.map(row => resultHover(row, document.uri.toString(), colors)),
      anchorOf(document, line, 0).range,
    );
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  #sheet(document: vscode.TextDocument): Sheet {
    const key = document.uri.toString();
    const known = this.#sheets.get(key) ?? new Sheet();
    this.#sheets.set(key, known);
    return known;
  }

  #take(record: RunRecord): void {
    const { program } = record;
    const key = program.uri.toString();
    let reading = this.#readings.get(key);
    if (reading?.startedAt !== record.startedAt) this.#readings.set(key, (reading = this.#begin(record)));
    for (const line of record.lines.slice(reading.lines)) {
      const row = this.#rowAt(program, line.line);
      row?.results.delete(line.name);
      row?.results.set(line.name, line);
      if (row?.kind === 'inner') row.state = 'ran';
    }
    for (const { line, text } of record.printed.slice(reading.printed)) {
      const row = this.#rowAt(program, line);
      if (row) row.printed = text;
    }
    for (const figure of record.figures.slice(reading.figures)) {
      const row = figure.line === null ? null : this.#rowAt(program, figure.line);
      if (row) row.figure = figureText(figure);
    }
    reading.lines = record.lines.length;
    reading.printed = record.printed.length;
    reading.figures = record.figures.length;
    const over = record.state !== 'running';
    const thrown = throwing(record);
    reading.rows.forEach(({ row }, at) => {
      if (!row) return;
      if (at < record.ran.length) row.state = 'ran';
      else if (!over) row.state = at === record.ran.length ? 'running' : 'waiting';
      else row.state = at === thrown ? 'threw' : 'skipped';
    });
    this.#touchProgram(program);
  }

  #begin(record: RunRecord): Reading {
    const { program, planned } = record;
    for (const { document } of program.parts)
      if (record.kind === 'file') this.#sheet(document).clear();
      else this.#sheet(document).forgive();
    const rows = planned.map(({ range, defines, needs, expression }) => {
      const part = partAt(program, range.start.line);
      if (!part || part.document.version !== part.version) return { row: null, line: range.start.line };
      const sheet = this.#sheet(part.document);
      const lines = linesOf(part.document);
      const start = range.start.line - part.firstLine;
      const last = range.end.character === 0 && range.end.line > range.start.line ? range.end.line - 1 : range.end.line;
      const row = expression
        ? sheet.at(lines, start)
        : sheet.plan(lines, start, last - part.firstLine, { defines, needs });
      if (expression) {
        row.results.clear();
        row.printed = row.figure = '';
        row.stale = null;
      }
      return { row, line: range.start.line };
    });
    return { startedAt: record.startedAt, lines: 0, printed: 0, figures: 0, rows };
  }

  /** The row for a line of the program that runs; null where the document was edited meanwhile and the line is not known. */
  #rowAt(program: OpenProgram, line: number): Row | null {
    const part = partAt(program, line);
    if (!part) return null;
    const sheet = this.#sheet(part.document);
    const local = line - part.firstLine;
    if (part.document.version === part.version) return sheet.at(linesOf(part.document), local);
    const reading = this.#readings.get(program.uri.toString());
    return reading?.rows.find(each => each.line === line)?.row ?? null;
  }

  #lose(): void {
    for (const [key, sheet] of this.#sheets) {
      const document = vscode.workspace.textDocuments.find(each => each.uri.toString() === key);
      if (document) sheet.refresh(linesOf(document), true);
    }
    for (const editor of vscode.window.visibleTextEditors) this.#touch(editor);
  }

  #edit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const sheet = this.#sheets.get(document.uri.toString());
    if (!sheet?.rows.length || contentChanges.length === 0) return;
    const changes = [...contentChanges].sort((a, b) => b.range.start.compareTo(a.range.start));
    for (const { range, text } of changes) sheet.edit({ start: range.start, end: range.end, text });
    const notebook = notebookOf(document);
    for (const cell of notebook ? notebook.getCells().map(each => each.document) : [document])
      this.#sheets.get(cell.uri.toString())?.refresh(linesOf(cell));
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document === document) this.#draw(editor);
      else if (notebook && notebookOf(editor.document) === notebook) this.#touch(editor);
  }

  #touchProgram({ parts }: OpenProgram): void {
    for (const editor of vscode.window.visibleTextEditors)
      if (parts.some(part => part.document === editor.document)) this.#touch(editor);
  }

  /** The cursor hides and shows what stands on changed lines. */
  #touchStale(editor: vscode.TextEditor): void {
    if (this.#sheets.get(editor.document.uri.toString())?.rows.some(row => row.stale === 'changed'))
      this.#touch(editor);
  }

  #touch(editor: vscode.TextEditor): void {
    if (editor.document.languageId !== 'python') return;
    this.#dirty.add(editor);
    if (this.#timer) return;
    const wait = Math.max(0, drawEvery - (Date.now() - this.#drawnAt));
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const editors = [...this.#dirty];
      this.#dirty.clear();
      for (const each of editors) this.#draw(each);
    }, wait);
  }

  #draw(editor: vscode.TextEditor): void {
    this.#drawnAt = Date.now();
    const { document } = editor;
    const rows = this.#sheets.get(document.uri.toString())?.rows ?? [];
    const how = setting('tensorlift.run.results');
    const shown =
      how === 'off' ? [] : rows.filter(row => isNear(editor, displayLine(row)) && row.start < document.lineCount);
    const values: vscode.DecorationOptions[] = [];
    const pictures: vscode.DecorationOptions[] = [];
    const prints: vscode.DecorationOptions[] = [];
    for (const row of shown) {
      const line = displayLine(row);
      if (line >= document.lineCount || isTypedIn(editor, row)) continue;
      const { range, side, width, margin } = anchorOf(document, line, 24);
      const style = {
        color: new vscode.ThemeColor(row.stale ? 'tensorlift.staleForeground' : 'tensorlift.resultForeground'),
        textDecoration: 'none; white-space: pre',
        margin: margin(3),
      };
      const telling = [...row.results.values()].filter(isTelling);
      const result = telling.at(-1);
      // Of what has a body, the last name is the one that counts.
      const several = telling.length > 1 && (row.kind === 'plain' || row.kind === 'inner');
      if (how === 'hover') {
        if (hasSomething(row)) values.push({ range, renderOptions: { [side]: { ...style, contentText: '•' } } });
        continue;
      }
      const picture =
        !several && result?.summary && result.summary.min !== result.summary.max && setting('tensorlift.run.sparklines')
          ? sparkline(result.summary, pictureColors(vscode.window.activeColorTheme.kind))
          : null;
      if (picture)
        pictures.push({
          range,
          renderOptions: {
            [side]: { contentIconPath: vscode.Uri.parse(picture), margin: margin(side === 'after' ? 3 : 1) },
          },
        });
      const note = row.stale === 'changed' && (result || row.printed) ? ' · line changed since the run' : '';
      const fontStyle = row.stale ? 'italic' : 'normal';
      if (result)
        values.push({
          range,
          renderOptions: {
            [side]: {
              ...style,
              fontStyle,
              contentText: (several ? namedText(telling, width) : valueText(result, width)) + note,
              ...(picture && side === 'after' ? { margin: margin(1) } : {}),
            },
          },
        });
      if (row.figure)
        prints.push({ range, renderOptions: { [side]: { ...style, contentText: `figure: ${row.figure}` } } });
      if (row.printed.trim())
        prints.push({
          range,
          renderOptions: {
            [side]: {
              ...style,
              fontStyle: 'italic',
              contentText: printedText(row.printed, width) + (result ? '' : note),
            },
          },
        });
    }
    editor.setDecorations(this.#picture, pictures);
    editor.setDecorations(this.#value, values);
    editor.setDecorations(this.#print, prints);
    const marked = how === 'off' ? [] : rows.filter(row => isNear(editor, row.start) || inRuler.has(row.state));
    this.#marks.draw(
      editor,
      marked.flatMap(row => marksOf(row).map(([line, mark]) => ({ line, mark, stale: row.stale !== null }))),
    );
  }
}

const hasSomething = (row: Row): boolean => row.results.size > 0 || row.printed !== '' || row.figure !== '';

const attachment = (): vscode.TextEditorDecorationType =>
  vscode.window.createTextEditorDecorationType({ rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen });

/** The planned statement that raised the error; where nothing could run, the one with the syntax error. */
function throwing({ done, error, ran, planned }: RunRecord): number {
  if (done?.status !== 'error') return -1;
  const line = error?.range?.start.line;
  if (line === undefined || framesOf(error?.traceback ?? '').some(({ name }) => name !== '')) return ran.length;
  return planned.findIndex(({ range }) => range.start.line <= line && line <= range.end.line);
}

/** States that the overview ruler shows, too, so that they are drawn wherever they are. */
const inRuler: ReadonlySet<Row['state']> = new Set(['threw', 'running']);

/** Lines with a mark: every line of a plain statement, the head of a block; what functions define has no mark of its own. */
function marksOf(row: Row): readonly (readonly [number, Mark])[] {
  if (row.kind === 'definition' && row.state === 'ran') return [];
  const mark: Mark = row.state === 'waiting' ? 'skipped' : row.state;
  if (row.kind !== 'plain' || mark !== 'ran') return [[row.start, mark]];
  return Array.from({ length: row.end - row.start + 1 }, (_, at) => [row.start + at, mark] as const);
}

const texts = new WeakMap<vscode.TextDocument, { readonly version: number; readonly lines: readonly string[] }>();

/** The lines of a document, split once for each version. */
function linesOf(document: vscode.TextDocument): readonly string[] {
  const known = texts.get(document);
  if (known?.version === document.version) return known.lines;
  const lines = document.getText().split(/\r\n|\n|\r/);
  texts.set(document, { version: document.version, lines });
  return lines;
}

const isNear = (editor: vscode.TextEditor, line: number): boolean =>
  editor.visibleRanges.some(range => range.start.line - margin <= line && line <= range.end.line + margin);

/** A result is out of the way while its changed line is being typed. */
const isTypedIn = (editor: vscode.TextEditor, row: Row): boolean =>
  row.stale === 'changed' &&
  editor === vscode.window.activeTextEditor &&
  editor.selections.some(({ active }) => row.start <= active.line && active.line <= row.end);

function printedText(text: string, width: number): string {
  const lines = text.trimEnd().split('\n');
  const more = lines.length > 1 ? `  +${lines.length - 1} ${lines.length === 2 ? 'line' : 'lines'}` : '';
  return cut((lines[0] ?? '').trim().replace(/\s{2,}/g, '  '), width) + more;
}
