// Why a lift has nothing to show, in one friendly sentence and with the line that it is about. No VS Code here.
import type { Converted } from '../../service/convert.ts';

export interface Nothing {
  readonly message: string;
  /** Of the program, 0-based; null where it is about no line. */
  readonly line: number | null;
}

/** Null where the conversion came to something. `only`: the function that was asked for. */
export function whyNothing(name: string, only: string | null, { edits, units, broken }: Converted): Nothing | null {
  if (broken) {
    const { line } = broken.start;
    return { message: `${name} has a syntax error in line ${line + 1}: it can be lifted once that is mended.`, line };
  }
  if (edits.length > 0) return null;
  const asked = units.filter(unit => only === null || unit.name === only);
  if (asked.length === 0) return { message: `${name} has no function \`${only ?? ''}\`.`, line: null };
  const what = only === null ? name : `\`${only}\``;
  const [first] = asked.flatMap(unit => unit.blocked);
  if (!first) return { message: `There is nothing to lift in ${what}.`, line: null };
  const { line } = first.range.start;
  return { message: `Nothing in ${what} can be lifted. Line ${line + 1}: ${first.reason}.`, line };
}
