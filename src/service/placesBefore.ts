// Where things of a lifted text stood before it was lifted: the inverse of its edits.
import { Source, applyEdits } from '../core/syntax/index.ts';
import type { Range, TextEdit } from '../shared/positions.ts';

/** Ranges of `applyEdits(text, edits)` as ranges of `text`; what an edit wrote stands for all that it replaced. */
export function placesBefore(text: string, edits: readonly TextEdit[]): (range: Range) => Range {
  if (!edits.length) return range => range;
  const [before, after] = [new Source(text), new Source(applyEdits(text, edits))];
  let shift = 0;
  const pieces = edits
    .map(({ range, newText }) => ({
      start: before.offsetAt(range.start),
      end: before.offsetAt(range.end),
      length: newText.length,
    }))
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map(({ start, end, length }) => {
      const piece = { start, end, from: start + shift, to: start + shift + length };
      shift += length - (end - start);
      return piece;
    });
  /** `side` decides where a place inside of new text goes. */
  const back = (offset: number, side: 'start' | 'end'): number => {
    let moved = 0;
    for (const { start, end, from, to } of pieces) {
      if (offset < from || (offset === from && side === 'end' && to > from)) break;
      if (side === 'start' ? offset < to : offset <= to && offset > from) return side === 'start' ? start : end;
      moved = end - to;
    }
    return offset + moved;
  };
  return ({ start, end }) => {
    const first = back(after.offsetAt(start), 'start');
    return before.range(first, Math.max(first, back(after.offsetAt(end), 'end')));
  };
}
