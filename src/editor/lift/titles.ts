// How actions and verdicts are named: a fix says its level, and its verdict once it is known. No VS Code here.
import { verdictText, type Comparison } from '../../core/compare/index.ts';
import type { Change, Finding, Fix, Level, Verification } from '../../shared/findings.ts';

const levels: readonly Level[] = ['safe', 'review', 'unsafe'];
export const levelWord: Readonly<Record<Level, string>> = { safe: 'Safe', review: 'Review', unsafe: 'Unsafe' };

export const worstLevel = (found: readonly Level[]): Level =>
  found.reduce<Level>((worst, level) => (levels.indexOf(level) > levels.indexOf(worst) ? level : worst), 'safe');

/** One line of at most `length` units, spaces folded. */
export function shortened(text: string, length = 72): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line;
}

/** What a verification said of a fix: as a title tells it. */
export interface Remembered {
  readonly status: Verification['status'];
  /** "agrees on 1 input in the bundled runtime". */
  readonly text: string;
  readonly inputs: number;
}

const inputs = (count: number): string => (count === 1 ? '1 input' : `${count} inputs`);
export const disagrees = (status: Verification['status']): boolean => status === 'differs' || status === 'failed';

/** The level that a fix is offered at: one that was seen to differ is Unsafe. */
export const offeredLevel = (level: Level, verdict: Remembered | null): Level =>
  verdict && disagrees(verdict.status) ? 'unsafe' : level;

function levelNote(level: Level, verdict: Remembered | null): string {
  const word = levelWord[offeredLevel(level, verdict)];
  if (!verdict || verdict.status === 'not-run') return word;
  return verdict.status === 'verified'
    ? `${word}, agrees on ${inputs(verdict.inputs)}`
    : `${word}, ${shortened(verdict.text, 90)}`;
}

/** "Replace with `tf.exp(x)` · Safe". The text is what will stand in the file. */
export function fixTitle(finding: Finding, fix: Fix, verdict: Remembered | null): string {
  const [first] = fix.edits;
  const own =
    finding.kind === 'convertible' && first?.range.start.line === finding.range.start.line
      ? `Replace with \`${shortened(first.newText)}\``
      : fix.title;
  return `${own} · ${levelNote(fix.level, verdict)}`;
}

/** "Review (5 safe, 1 review)": the worst level, and how many changes there are of each. */
export function levelCounts(changes: readonly Change[]): string {
  const worst = worstLevel(changes.map(change => change.level));
  const counts = levels
    .map(level => ({ level, count: changes.filter(change => change.level === level).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${count} ${level}`);
  return `${levelWord[worst]} (${counts.join(', ')})`;
}

const noVersions: Comparison['versions'] = { numpy: '?', tensorflow: null };
/** The verdict as a sentence part: "agrees on 3 inputs in the bundled runtime". */
export const verdictWords = (verdict: Verification, versions: Comparison['versions'] | null): string =>
  verdictText(verdict, versions ?? noVersions);

/** "Verified", "Differs", "Not verified": the word that stands first. */
export const verdictHead: Readonly<Record<Verification['status'], string>> = {
  verified: 'Verified',
  differs: 'Differs',
  failed: 'Failed',
  'not-run': 'Not verified',
};

/** "Verified: agrees on 3 inputs in the bundled runtime"; of what did not run, only why. */
export const headline = (verdict: Verification, words: string): string =>
  `${verdictHead[verdict.status]}: ${verdict.status === 'not-run' ? (verdict.reason ?? words) : words}`;

/** "heat.py ↔ lifted (spread): verified, agrees on 3 inputs". */
export function diffTitle(name: string, only: string | null, verdict: Verification | null): string {
  const what = `${name} ↔ lifted${only === null ? '' : ` (${only})`}`;
  if (!verdict) return what;
  switch (verdict.status) {
    case 'verified':
      return `${what}: verified, agrees on ${inputs(verdict.inputs)}`;
    case 'differs':
      return `${what}: DIFFERS, ${shortened(verdict.reason ?? '', 60)}`;
    case 'failed':
      return `${what}: FAILED, ${shortened(verdict.reason ?? '', 60)}`;
    case 'not-run':
      return `${what}: not verified, ${shortened(verdict.reason ?? '', 60)}`;
  }
}

/** heat.py → heat_tf.py, heat_tf_2.py, …: the first name that is free. */
export function numberedName(name: string, taken: ReadonlySet<string>): string {
  const stem = name.replace(/\.(py|ipynb)$/, '');
  for (let i = 1; ; i++) {
    const candidate = `${stem}_tf${i === 1 ? '' : `_${i}`}.py`;
    if (!taken.has(candidate)) return candidate;
  }
}
