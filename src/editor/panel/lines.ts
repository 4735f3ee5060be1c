// Which lines of a run's text changed since, and where the others are now. Lines are 0-based; nothing here knows of an editor.

/** Above this many cells, what lies between the first and the last difference counts as changed. */
const mostCells = 250_000;

export interface LineDiff {
  /** Lines of the old text that changed or went; for lines that were only added, the line before them. */
  readonly changed: readonly number[];
  /** Where a line of the old text is now; the nearest one that stayed, where it is gone. */
  now(line: number): number;
  /** The line of the old text that a line of the new one is; null for a new or changed line. */
  then(line: number): number | null;
}

/** Pairs of equal lines between `[from, oldEnd)` and `[from, newEnd)`, by longest common subsequence. */
function pairs(
  old: readonly string[],
  text: readonly string[],
  from: number,
  oldEnd: number,
  newEnd: number,
): [number, number][] {
  const [rows, columns] = [oldEnd - from, newEnd - from];
  if (!rows || !columns) return [];
  if (rows === columns && rows * columns > mostCells)
    return Array.from({ length: rows }, (_, i): [number, number] => [from + i, from + i]).filter(
      ([i]) => old[i] === text[i],
    );
  if (rows * columns > mostCells) return [];
  const lengths = new Uint32Array((rows + 1) * (columns + 1));
  const at = (i: number, j: number) => lengths[i * (columns + 1) + j] ?? 0;
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      lengths[i * (columns + 1) + j] =
        old[from + i] === text[from + j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const found: [number, number][] = [];
  for (let i = 0, j = 0; i < rows && j < columns;) {
    if (old[from + i] === text[from + j]) found.push([from + i++, from + j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return found;
}

export function lineDiff(oldText: string, newText: string): LineDiff {
  if (oldText === newText) return { changed: [], now: line => line, then: line => line };
  const [old, text] = [oldText.split(/\r?\n/), newText.split(/\r?\n/)];
  const shorter = Math.min(old.length, text.length);
  let head = 0;
  while (head < shorter && old[head] === text[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  const [oldEnd, newEnd] = [old.length - tail, text.length - tail];
  const middle = pairs(old, text, head, oldEnd, newEnd);
  const [forth, back] = [new Map(middle), new Map(middle.map(([i, j]) => [j, i]))];

  const changed = new Set<number>();
  for (let line = head; line < oldEnd; line++) if (!forth.has(line)) changed.add(line);
  // Added lines belong to the line before them, unless that one changed too or they are blank.
  for (let line = head, before = head - 1; line < newEnd; line++) {
    const known = back.get(line);
    if (known !== undefined) before = known;
    else if (text[line]?.trim() && !changed.has(before) && !changed.has(before + 1)) changed.add(Math.max(0, before));
  }
  const blank = (line: number) => !old[line]?.trim();
  const stay = (line: number): number | null =>
    line < head ? line : line >= oldEnd ? line - oldEnd + newEnd : (forth.get(line) ?? null);
  return {
    // A blank line that went changes nothing that ran.
    changed: [...changed].filter(line => !blank(line) || !(line >= head && line < oldEnd)).sort((a, b) => a - b),
    now(line) {
      for (let near = line; near >= 0; near--) {
        const place = stay(near);
        if (place !== null) return Math.min(place + (line - near), Math.max(0, text.length - 1));
      }
      return Math.min(line, Math.max(0, text.length - 1));
    },
    then: line => (line < head ? line : line >= newEnd ? line - newEnd + oldEnd : (back.get(line) ?? null)),
  };
}
