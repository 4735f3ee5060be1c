// Where a place of a text is after edits: what is shown beside code moves with it until the next analysis is there.
import type { Position, Range } from '../shared/positions.ts';

/** A change as VS Code tells it: the range that was replaced, and its new text. */
export interface Change {
  readonly range: Range;
  readonly text: string;
}

const compare = (a: Position, b: Position): number => a.line - b.line || a.character - b.character;

/** A position after changes that were made at once (none of them sees another's effect); null where its text was deleted. */
export function shifted(position: Position, changes: readonly Change[]): Position | null {
  let [line, character] = [position.line, position.character];
  for (const { range, text } of changes) {
    if (compare(range.end, position) > 0) {
      if (compare(range.start, position) <= 0) return null;
      continue;
    }
    const breaks = text.split(/\r\n|\n|\r/);
    line += breaks.length - 1 - (range.end.line - range.start.line);
    if (range.end.line === position.line) {
      const last = breaks.at(-1)?.length ?? 0;
      // Of several changes on one line the earlier ones have moved `character` by the same rule.
      character += last - range.end.character + (breaks.length === 1 ? range.start.character : 0);
    }
  }
  return { line, character };
}
