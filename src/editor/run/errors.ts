// Python errors at their line: text beside the code, a diagnostic with the frames of the traceback, the same in an imported file
// of the user. An error goes with the next run of the program and when its line is edited.
import * as vscode from 'vscode';
import type { PythonError } from '../../shared/trace.ts';
import type { Features } from '../features.ts';
import { partAt, type OpenProgram, type Part } from '../programs.ts';
import { setting } from '../settings.ts';
import { anchorOf } from './anchor.ts';
import type { RunRecord } from './runs.ts';
import { framesOf, headline, type Frame } from './traceback.ts';
import { cut } from './valueText.ts';

/** `source` of the diagnostics. */
export const runSource = 'tensorlift run';

export function registerErrors(features: Features): vscode.Disposable {
  return new Errors(features);
}

/** Where an error stands, and what is written there. */
interface Shown {
  readonly uri: vscode.Uri;
  readonly line: number;
  readonly text: string;
}

class Errors implements vscode.Disposable {
  readonly #diagnostics = vscode.languages.createDiagnosticCollection(runSource);
  readonly #text = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.errorForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  /** By program. */
  readonly #shown = new Map<string, readonly Shown[]>();
  readonly #subscriptions: vscode.Disposable;
  readonly #told = new Set<string>();

  constructor({ runs }: Features) {
    this.#subscriptions = vscode.Disposable.from(
      this.#diagnostics,
      this.#text,
      runs.onDidChange(record => this.#follow(record)),
      vscode.workspace.onDidChangeTextDocument(event => this.#edit(event)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#clear(uri.toString())),
      vscode.window.onDidChangeVisibleTextEditors(editors => editors.forEach(editor => this.#draw(editor))),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #follow(record: RunRecord): void {
    const key = record.program.uri.toString();
    if (record.state === 'running') {
      const run = `${key} ${record.startedAt}`;
      if (!this.#told.has(run)) this.#clear(key);
      this.#told.clear();
      this.#told.add(run);
      return;
    }
    this.#clear(key);
    const error = wordsFor(record);
    if (error) this.#show(record.program, error);
  }

  #show(program: OpenProgram, error: PythonError): void {
    const own = (frame: Frame): boolean => frame.path === program.path;
    const frames = framesOf(error.traceback);
    const places = frames.map(frame => placeOf(program, frame)).filter(place => place !== null);
    const related = places.map(
      ({ uri, line, name }) =>
        new vscode.DiagnosticRelatedInformation(
          new vscode.Location(uri, new vscode.Position(line, 0)),
          name === '<module>' || !name ? 'from here' : `in ${name}`,
        ),
    );
    const message = [`${error.type}${error.message ? `: ${error.message}` : ''}`, error.hint]
      .filter(Boolean)
      .join('\n');
    const shown: Shown[] = [];
    const mark = (uri: vscode.Uri, range: vscode.Range): void => {
      const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
      diagnostic.source = runSource;
      diagnostic.relatedInformation = related;
      this.#diagnostics.set(uri, [...(this.#diagnostics.get(uri) ?? []), diagnostic]);
      shown.push({ uri, line: range.end.line, text: headline(error) });
    };
    const inner = frames.at(-1);
    // The innermost frame may be in a module of the user: it is marked there, too.
    if (inner && !own(inner)) {
      const place = placeOf(program, inner);
      if (place) mark(place.uri, new vscode.Range(place.line, 0, place.line, Number.MAX_SAFE_INTEGER));
    }
    const range = error.range && rangeIn(program, error.range);
    const frame = frames.findLast(own);
    const part = range ? null : partAt(program, frame?.line ?? 0);
    if (range) mark(range.part.document.uri, range.range);
    else if (part && frame) {
      const line = Math.min(frame.line - part.firstLine, part.document.lineCount - 1);
      mark(part.document.uri, textRange(part.document, line));
    }
    this.#shown.set(program.uri.toString(), shown);
    for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
  }

  #edit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    for (const [key, shown] of this.#shown)
      for (const each of shown) {
        if (each.uri.toString() !== uri) continue;
        const hit = contentChanges.some(
          ({ range, text }) =>
            range.start.line <= each.line && each.line <= range.end.line && !isBehind(range, text, each),
        );
        if (hit) this.#clear(key);
        else this.#move(key, uri, contentChanges);
      }
  }

  #move(key: string, uri: string, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const shown = (this.#shown.get(key) ?? []).map(each => {
      if (each.uri.toString() !== uri) return each;
      const moved = changes
        .filter(
          ({ range }) => range.end.line < each.line || (range.end.line === each.line && range.end.character === 0),
        )
        .reduce((sum, { range, text }) => sum + text.split('\n').length - 1 - (range.end.line - range.start.line), 0);
      return { ...each, line: each.line + moved };
    });
    this.#shown.set(key, shown);
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document.uri.toString() === uri) this.#draw(editor);
  }

  #clear(key: string): void {
    const shown = this.#shown.get(key);
    if (!shown) return;
    this.#shown.delete(key);
    const others = [...this.#shown.values()].flat().map(each => each.uri.toString());
    for (const { uri } of shown) if (!others.includes(uri.toString())) this.#diagnostics.delete(uri);
    for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
  }

  #draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    const uri = document.uri.toString();
    const here = [...this.#shown.values()].flat().filter(each => each.uri.toString() === uri);
    const texts = here
      .filter(({ line }) => line < document.lineCount && setting('tensorlift.run.results') !== 'off')
      .map(({ line, text }): vscode.DecorationOptions => {
        const { range, side, width, margin } = anchorOf(document, line, 60);
        const contentText = `✕ ${cut(text, width)}`;
        const color = new vscode.ThemeColor('editorError.foreground');
        const look = { contentText, color, margin: margin(3), textDecoration: 'none; white-space: pre' };
        return { range, renderOptions: { [side]: look } };
      });
    editor.setDecorations(this.#text, texts);
  }
}

/** What to say of how a run ended: Python's error, or the limit that it hit; nothing where the user ended it. */
function wordsFor({ program, error, done }: RunRecord): PythonError | null {
  if (!done || done.status === 'ok' || done.status === 'interrupted') return null;
  if (done.status === 'timeout') {
    const seconds = setting('tensorlift.run.timeout', program.uri);
    const message = `ended after ${seconds} s, the limit of the setting tensorlift.run.timeout`;
    return { type: 'Timeout', message, traceback: error?.traceback ?? '', range: error?.range ?? null };
  }
  return error?.exitCode === undefined ? error : null;
}

/** A change behind the text of a line that only breaks it, as Enter does, leaves the line as it was. */
const isBehind = (range: vscode.Range, text: string, { line }: Shown): boolean =>
  /^\r?\n/.test(text) && range.isEmpty && range.start.line === line && range.start.character > 0;

/** A frame as a place that can be opened. */
function placeOf(program: OpenProgram, frame: Frame): (Frame & { readonly uri: vscode.Uri }) | null {
  if (frame.path === program.path) {
    const part = partAt(program, frame.line);
    return part && { ...frame, uri: part.document.uri, line: frame.line - part.firstLine };
  }
  if (frame.path.startsWith('<') || program.uri.scheme !== 'file') return null;
  return { ...frame, uri: vscode.Uri.file(frame.path) };
}

function rangeIn(
  program: OpenProgram,
  { start, end }: NonNullable<PythonError['range']>,
): { readonly part: Part; readonly range: vscode.Range } | null {
  const part = partAt(program, start.line);
  if (!part || part.document.version !== part.version) return null;
  const [first, last] = [start.line - part.firstLine, end.line - part.firstLine];
  return { part, range: new vscode.Range(first, start.character, last, end.character) };
}

function textRange(document: vscode.TextDocument, line: number): vscode.Range {
  const { text, firstNonWhitespaceCharacterIndex } = document.lineAt(Math.max(0, line));
  return new vscode.Range(line, firstNonWhitespaceCharacterIndex, line, text.trimEnd().length);
}
