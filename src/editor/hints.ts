// Which names get a type hint, and what it says: what the analysis infers, else what the last run saw. Sparing: a name gets a hint
// where it is assigned, not where it is changed in place, a parameter, or bound once per round of a loop. Pure.
import type { InferredValue } from '../shared/findings.ts';
import type { Position, Range } from '../shared/positions.ts';
import type { LineResult } from '../shared/trace.ts';
import { dtypes } from '../shared/dtypes.ts';
import { isComplete, typeLabel, typeWords } from './types.ts';

export interface Hint {
  /** Behind the name, in the program. */
  readonly at: Position;
  readonly label: string;
  /** In words, with where it comes from. */
  readonly tooltip: string;
}

/**
 * The hints of a program. `seen` are the results of its last run, where the text has not changed since; `lineText` gives a line of
 * the program.
 */
export function hintsOf(
  values: readonly InferredValue[],
  seen: readonly LineResult[],
  lineText: (line: number) => string,
): readonly Hint[] {
  const results = new Map(seen.filter(isArray).map(result => [`${result.line} ${result.name}`, result]));
  const hints = new Map<string, Hint>();
  const add = (line: number, name: string, hint: Hint) => {
    // `a = a + (a := f(a))`: the name is told once a line.
    const key = `${line} ${name}`;
    if (!hints.has(key)) hints.set(key, hint);
    results.delete(key);
  };
  for (const value of values) {
    if (value.role !== 'assigned' && value.role !== 'other') continue;
    if (value.name === '_') continue;
    const { line } = value.range.start;
    const result = isComplete(value) ? undefined : results.get(`${line} ${value.name}`);
    add(line, value.name, hintOf(value.range, value, result));
  }
  for (const result of [...results.values()]) {
    const range = nameIn(lineText(result.line), result);
    if (range) add(result.line, result.name, hintOf(range, null, result));
  }
  return [...hints.values()].sort((a, b) => a.at.line - b.at.line || a.at.character - b.at.character);
}

function hintOf(range: Range, value: InferredValue | null, result: LineResult | undefined): Hint {
  const type = value?.type ?? 'array';
  const dtype = result?.dtype ?? value?.dtype ?? null;
  const shape = result?.shape ?? value?.shape ?? null;
  const source = result ? 'as of the last run' : 'inferred';
  const words = value ? typeWords(type, dtype, shape) : typeWords(type, dtype, shape).replace('NumPy array', 'array');
  return {
    at: range.end,
    label: typeLabel(dtype, shape),
    tooltip: `${words} (${source})`,
  };
}

/** Python's own numbers have no dtype worth a hint; its `bool` is told apart by the picture that NumPy's comes with. */
const isArray = ({ dtype, name, shape, summary }: LineResult): boolean =>
  dtype in dtypes && /^[A-Za-z_]\w*$/.test(name) && (dtype !== 'bool' || shape.length > 0 || summary !== undefined);

/** Where a statement binds the name of its result: `name = …`, `a, name = …`. */
function nameIn(text: string, { line, name }: LineResult): Range | null {
  // Targets are names, commas and stars before the last plain `=` that nothing but targets precedes.
  const targets = /^\s*(?:[\w,*()\s]+=(?!=))+/.exec(text)?.[0] ?? '';
  const match = new RegExp(`(?<![\\w.])${name}(?![\\w.])`).exec(targets);
  if (!match) return null;
  const at = (character: number): Position => ({ line, character });
  return { start: at(match.index), end: at(match.index + name.length) };
}
