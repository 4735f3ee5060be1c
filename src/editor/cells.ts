// Cells of a plain Python file: the parts that begin with a `# %%` comment, as in other tools.

export interface TextCell {
  /** The line of its marker. */
  readonly line: number;
  /** Its last line. */
  readonly lastLine: number;
  readonly title: string;
}

const marker = /^#\s*%%(?!%)\s*(?:\[(?!markdown)[^\]]*\])?\s*(.*)$/;
const other = /^#\s*%%\s*\[markdown\]/i;

/** The code cells of a text in their order; empty for a file without markers. `cell` of a command is an index into this list. */
export function textCells(text: string): readonly TextCell[] {
  if (!text.includes('%%')) return [];
  const lines = text.split(/\r\n|\n|\r/);
  const starts = lines.flatMap((line, at) => (marker.test(line) || other.test(line) ? [at] : []));
  return starts.flatMap((line, at) => {
    const head = lines[line] ?? '';
    if (other.test(head)) return [];
    return [{ line, lastLine: (starts[at + 1] ?? lines.length) - 1, title: marker.exec(head)?.[1]?.trim() ?? '' }];
  });
}
