// Where the text about a line of code stands: behind it; before it where the line is so long that its end is out of sight.
import * as vscode from 'vscode';

/** Longer lines rarely end within an editor's width. */
const longest = 110;
/** What stands before a line may not push it away. */
const before = 40;

export interface Anchor {
  readonly range: vscode.Range;
  readonly side: 'before' | 'after';
  /** Characters that the text may have. */
  readonly width: number;
  /** The space between code and text. */
  margin(columns: number): string;
}

/** Whether the end of a line is likely out of sight. */
export const isLong = (document: vscode.TextDocument, line: number): boolean =>
  document.lineAt(line).text.trimEnd().length > longest &&
  vscode.workspace.getConfiguration('editor', document).get('wordWrap') === 'off';

/** The place for a text about a line, with at least `least` characters behind it. */
export function anchorOf(document: vscode.TextDocument, line: number, least: number): Anchor {
  const { range, firstNonWhitespaceCharacterIndex: first } = document.lineAt(line);
  if (!isLong(document, line)) {
    const width = Math.max(least, longest - range.end.character);
    return {
      range: new vscode.Range(range.end, range.end),
      side: 'after',
      width,
      margin: columns => `0 0 0 ${columns}ch`,
    };
  }
  // Decorations of an empty range in front of a character move along with it.
  const start = new vscode.Position(line, first);
  return {
    range: new vscode.Range(start, start),
    side: 'before',
    width: Math.max(least, before),
    margin: columns => `0 ${columns}ch 0 0`,
  };
}
