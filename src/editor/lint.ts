// Which findings are shown, how loud, and where: settings applied, and findings that say the same about the same place told once.
// Pure, so that it can be tested without an editor; `diagnostics.ts` and `hover.ts` show what comes out.
import type { Finding } from '../shared/findings.ts';
import type { OutlineFunction } from '../shared/outline.ts';
import type { Position, Range } from '../shared/positions.ts';

export type Loudness = 'hint' | 'information' | 'warning' | 'error';

export interface Shown {
  readonly finding: Finding;
  readonly loudness: Loudness;
  /** What is underlined: never more than one line. */
  readonly range: Range;
  /** Findings about the same thing that this one stands for: details of the hover. */
  readonly also: readonly Finding[];
}

/** `tensorlift.lint.rules`: rule → severity. */
export type Overrides = Readonly<Record<string, string>>;

const own: Readonly<Record<Finding['severity'], Loudness>> = {
  hint: 'hint',
  info: 'information',
  warning: 'warning',
  error: 'error',
};

/** The loudness of a finding by the settings; null where its rule is off. */
export function loudnessOf({ rule, severity, kind }: Finding, overrides: Overrides): Loudness | null {
  const wish = overrides[rule] ?? 'default';
  if (wish === 'off') return null;
  if (wish === 'hint' || wish === 'information' || wish === 'warning' || wish === 'error') return wish;
  return kind === 'convertible' && severity === 'info' ? 'hint' : own[severity];
}

/** Who speaks where several findings concern one place. */
function rank({ finding, loudness }: Shown): number {
  if (loudness === 'error') return 6;
  if (loudness === 'warning') return 5;
  if (finding.kind === 'session') return 4;
  if (finding.kind === 'convertible') return finding.fixes.length ? 3.5 : 3;
  if (finding.kind === 'blocked') return 2;
  return loudness === 'information' ? 1.5 : 1;
}

/** Stores: said of a name at the first place in a function only, since the next one would tell the reader nothing new. */
const oncePerFunction: ReadonlySet<string> = new Set(['TL220', 'TL221', 'TL224']);

/**
 * The findings as they are shown. `lineText` gives a line of the program.
 *
 * A quieter finding within the range of another that explains or repairs it is told by that one: that `np.zeros(3)` is float64 in
 * NumPy goes without saying where the fix keeps it float64; that tensors can't be written to is why a store is rewritten.
 */
export function shownFindings(
  findings: readonly Finding[],
  functions: readonly OutlineFunction[],
  overrides: Overrides,
  lineText: (line: number) => string,
): readonly Shown[] {
  /** Line → the function that begins there, and the innermost one that it is in. */
  const beginning = new Map(functions.map(each => [each.range.start.line, each]));
  const inside = new Map<number, number>();
  for (const [index, { range }] of functions.entries())
    for (let line = range.start.line; line <= range.end.line; line++) inside.set(line, index);
  const all = findings.flatMap(finding => {
    const loudness = loudnessOf(finding, overrides);
    return loudness ? [{ finding, loudness, range: narrow(finding, beginning, lineText), also: [] as Finding[] }] : [];
  });
  // The loudest first; among equals the widest, which stands for what lies in it.
  const order = all
    .map((shown, at) => ({ shown, at, rank: rank(shown) }))
    .sort((a, b) => b.rank - a.rank || compare(a.shown.range.start, b.shown.range.start) || a.at - b.at);
  const kept: (typeof all)[number][] = [];
  /** By line, every finding so far with the one that speaks for it. */
  const told = new Map<number, { readonly shown: Shown; readonly speaker: (typeof all)[number] }[]>();
  const said = new Set<string>();
  for (const { shown } of order) {
    const { finding, range } = shown;
    if (oncePerFunction.has(finding.rule)) {
      const key = `${finding.rule} ${finding.message} ${inside.get(range.start.line) ?? -1}`;
      if (said.has(key)) continue;
      said.add(key);
    }
    const here = told.get(range.start.line) ?? [];
    const speaker = here.find(other => speaksFor(other.shown, shown))?.speaker;
    if (speaker) speaker.also.push(finding);
    else kept.push(shown);
    told.set(range.start.line, [...here, { shown, speaker: speaker ?? shown }]);
  }
  return kept.sort((a, b) => compare(a.range.start, b.range.start));
}

/** Whether `by` (louder or as loud) says what `of` says, so that one underline is enough. */
function speaksFor(by: Shown, of: Shown): boolean {
  if (sameRange(by.finding.range, of.finding.range)) return true;
  // A warning about the array that is stored into also speaks for the store.
  if (contains(of.range, by.range) && compare(of.range.start, by.range.start) === 0)
    if (of.finding.kind === 'convertible' ? of.finding.fixes.length === 0 : of.finding.kind === 'hazard') return true;
  if (of.loudness === 'warning' || of.loudness === 'error') return false;
  if (of.finding.kind === 'convertible' || of.finding.kind === 'session') return sameRange(by.range, of.range);
  // What a conversion or a refusal covers needs no second mark.
  return by.finding.kind !== 'hazard' && contains(by.finding.range, of.finding.range);
}

/** The part of a finding's range that is underlined: a name for functions, what is stored into for stores, else the first line. */
function narrow(
  { kind, range }: Finding,
  beginning: ReadonlyMap<number, OutlineFunction>,
  lineText: (line: number) => string,
): Range {
  const defined = beginning.get(range.start.line);
  if (defined && compare(defined.range.start, range.start) === 0 && range.end.line > range.start.line)
    return defined.nameRange;
  const line = lineText(range.start.line);
  const end = range.end.line > range.start.line ? line.trimEnd().length : range.end.character;
  const text = line.slice(range.start.character, end);
  const target = kind === 'convertible' || kind === 'blocked' ? storeTarget(text) : null;
  const length = target?.length ?? text.replace(/\s*(?:#.*)?$/, '').length;
  const from = range.start.character;
  return {
    start: range.start,
    end: { line: range.start.line, character: Math.max(from + 1, from + Math.min(length, text.length)) },
  };
}

/** `x[i]` of `x[i] = v` or `x[i] += v`; null where the text is no store. */
function storeTarget(text: string): string | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text[at] ?? '';
    if ('([{'.includes(unit)) depth++;
    else if (')]}'.includes(unit)) depth--;
    else if (unit === '"' || unit === "'" || unit === '#') return null;
    else if (unit === '=' && depth === 0) {
      if (text[at + 1] === '=' || '=!<>'.includes(text[at - 1] ?? '')) return null;
      const target = text
        .slice(0, at)
        .replace(/(?:\*\*|\/\/|<<|>>|[-+*/%@&|^])?$/, '')
        .trimEnd();
      return /^[\w.]+(?:\[.*\])?$/.test(target) ? target : null;
    }
  }
  return null;
}

const sameRange = (a: Range, b: Range): boolean => compare(a.start, b.start) === 0 && compare(a.end, b.end) === 0;
export const compare = (a: Position, b: Position): number => a.line - b.line || a.character - b.character;
export const contains = (outer: Range, inner: Range): boolean =>
  compare(outer.start, inner.start) <= 0 && compare(inner.end, outer.end) <= 0;
