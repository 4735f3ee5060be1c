// Colours for terminals: NO_COLOR, FORCE_COLOR and whether the stream is a terminal decide.

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const;
export type Colour = keyof typeof codes;
export type Paint = (colour: Colour, text: string) => string;

const { NO_COLOR: never, FORCE_COLOR: force } = process.env;

function coloured(stream: NodeJS.WriteStream): boolean {
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (never !== undefined && never !== '') return false;
  return stream.isTTY === true && process.env.TERM !== 'dumb';
}

export function painter(stream: NodeJS.WriteStream): Paint {
  if (!coloured(stream)) return (_colour, text) => text;
  return (colour, text) => `\u001b[${codes[colour][0]}m${text}\u001b[${codes[colour][1]}m`;
}

/** A table with aligned columns; the last one is not padded. Numbers go to the right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, width(cell))));
  const pad = (cell: string, i: number, last: boolean) => {
    const space = ' '.repeat((widths[i] ?? 0) - width(cell));
    return right.includes(i) ? space + cell : last ? cell : cell + space;
  };
  return rows.map(row => `  ${row.map((cell, i) => pad(cell, i, i === row.length - 1)).join('  ')}`).join('\n');
}

/** Columns that a text takes: colours take none, East Asian and pictorial characters two. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text.replace(/\u001b\[\d+m/g, '')) {
    const code = character.codePointAt(0) ?? 0;
    if (/\p{Mn}/u.test(character)) continue;
    columns +=
      (code >= 0x1100 &&
        /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u.test(
          character,
        )) ||
      (code >= 0xff01 && code <= 0xff60)
        ? 2
        : 1;
  }
  return columns;
}

/** A number as a person reads it. */
export const short = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : Number(value.toPrecision(4)).toString();

export const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
