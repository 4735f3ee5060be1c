// What the code action menu offers at a place: fixes with their levels, rewrites of statement, function and file, why something
// stays NumPy, and what a rule means. No VS Code here; `codeActions.ts` turns offers into actions.
import type { Change, Finding } from '../../shared/findings.ts';
import type { OutlineFunction } from '../../shared/outline.ts';
import type { Range, TextEdit } from '../../shared/positions.ts';
import type { Shown } from '../lint.ts';
import { meets, mergeFixes } from './edits.ts';
import { fixTitle, levelCounts, levelWord, offeredLevel, worstLevel, type Remembered } from './titles.ts';

export type Act =
  | { readonly type: 'edit'; readonly edits: readonly TextEdit[]; readonly rule: string; readonly range: Range }
  | { readonly type: 'lift'; readonly only: string | null }
  | { readonly type: 'explain'; readonly rule: string }
  | { readonly type: 'disable'; readonly rule: string; readonly line: number; readonly where: Where }
  | { readonly type: 'none' };
export type Where = 'line' | 'file' | 'workspace';

export interface Offer {
  readonly title: string;
  readonly kind: 'quickfix' | 'rewrite';
  readonly act: Act;
  /** The finding that it answers. */
  readonly finding?: Finding;
  readonly preferred?: true;
  /** Why it can't be taken. */
  readonly disabled?: string;
}

export interface Asked {
  readonly shown: readonly Shown[];
  readonly changes: readonly Change[];
  readonly functions: readonly OutlineFunction[];
  /** Of the program. */
  readonly range: Range;
  /** What is known of a fix in this text. */
  verdict(finding: Finding, edits: readonly TextEdit[]): Remembered | null;
}

const isSingleLine = ({ start, end }: Range): boolean => start.line === end.line;
const size = ({ start, end }: Range): number => (end.line - start.line) * 10_000 + end.character - start.character;
const lines = ({ start, end }: Range): Range => ({
  start: { line: start.line, character: 0 },
  end: { line: end.line, character: Number.MAX_SAFE_INTEGER },
});

/** Everything that is offered, in the order of the menu. */
export function offersAt(asked: Asked): readonly Offer[] {
  const here = asked.shown
    .filter(
      ({ range, finding }) =>
        meets(range, asked.range) || (isSingleLine(finding.range) && meets(finding.range, asked.range)),
    )
    .sort((a, b) => size(a.finding.range) - size(b.finding.range));
  return [
    ...fixOffers(here, asked),
    ...blockedOffers(here),
    ...statementOffers(asked),
    ...functionOffers(asked),
    ...fileOffers(asked),
    ...ruleOffers(here),
  ];
}

/** Fixes of the findings here; the exact one, if Safe, is preferred. */
function fixOffers(here: readonly Shown[], asked: Asked): readonly Offer[] {
  const seen = new Set<string>();
  const found = here
    .flatMap(({ finding, also }) => [finding, ...also])
    .flatMap(finding => finding.fixes.map(fix => ({ finding, fix, verdict: asked.verdict(finding, fix.edits) })))
    .filter(({ fix }) => {
      const key = JSON.stringify(fix.edits);
      return seen.has(key) ? false : seen.add(key);
    });
  const safe = found.filter(({ fix, verdict }) => offeredLevel(fix.level, verdict) === 'safe');
  const [exact] = safe;
  return found.map(each => ({
    title: fixTitle(each.finding, each.fix, each.verdict),
    kind: 'quickfix',
    finding: each.finding,
    act: { type: 'edit', edits: each.fix.edits, rule: each.finding.rule, range: each.finding.range },
    ...(each === exact ? { preferred: true } : {}),
  }));
}

/** Why something stays NumPy: readable in the menu, since disabled actions are listed only where a refactoring is asked for. */
const blockedOffers = (here: readonly Shown[]): readonly Offer[] =>
  here
    .flatMap(({ finding, also }) => [finding, ...also])
    .filter(({ kind }) => kind === 'blocked')
    .flatMap((finding): readonly Offer[] => {
      const reason = finding.message.replace(/\.$/, '');
      return [
        { title: `${reason} · Blocked`, kind: 'quickfix', finding, act: { type: 'explain', rule: finding.rule } },
        { title: 'Lift this statement · Blocked', kind: 'rewrite', finding, act: { type: 'none' }, disabled: reason },
      ];
    });

/** All fixes of the lines that are asked for, together. */
function statementOffers({ shown, range, verdict }: Asked): readonly Offer[] {
  const wanted = lines(range);
  const fixes = shown
    .flatMap(({ finding, also }) => [finding, ...also])
    .filter(finding => finding.kind === 'convertible' && meets(finding.range, wanted))
    .flatMap(finding => finding.fixes.slice(0, 1).map(fix => ({ finding, fix })));
  const [first] = fixes;
  const edits = mergeFixes(fixes.map(({ fix }) => fix.edits));
  if (!first || !edits) return [];
  const what = isSingleLine(range) ? 'this statement' : 'the selected statements';
  const level = worstLevel(fixes.map(({ finding, fix }) => offeredLevel(fix.level, verdict(finding, fix.edits))));
  const count = fixes.length === 1 ? '' : ` · ${fixes.length}`;
  return [
    {
      title: `Lift ${what} · ${levelWord[level]}${count}`,
      kind: 'rewrite',
      act: { type: 'edit', edits, rule: first.finding.rule, range: first.finding.range },
    },
  ];
}

const within = (changes: readonly Change[], { start, end }: Range): readonly Change[] =>
  changes.filter(({ range }) => start.line <= range.start.line && range.end.line <= end.line);

function functionOffers({ functions, changes, range, shown }: Asked): readonly Offer[] {
  const around = functions.find(
    ({ kind, range: own }) =>
      kind === 'function' && own.start.line <= range.start.line && range.end.line <= own.end.line,
  );
  if (!around || around.library === 'none' || around.library === 'tensorflow') return [];
  const own = within(changes, around.range);
  const title = `Lift \`${around.name}\` to TensorFlow…`;
  if (own.length > 0)
    return [{ title: `${title} · ${levelCounts(own)}`, kind: 'rewrite', act: { type: 'lift', only: around.name } }];
  const reason = blockedIn(shown, around.range);
  return reason === null
    ? []
    : [{ title: `${title} · Blocked`, kind: 'rewrite', act: { type: 'none' }, disabled: reason }];
}

function blockedIn(shown: readonly Shown[], { start, end }: Range): string | null {
  const found = shown
    .flatMap(({ finding, also }) => [finding, ...also])
    .find(({ kind, range }) => kind === 'blocked' && start.line <= range.start.line && range.start.line <= end.line);
  return found ? `Line ${found.range.start.line + 1}: ${found.message}` : null;
}

const fileOffers = ({ changes }: Asked): readonly Offer[] =>
  changes.length === 0
    ? []
    : [
        {
          title: `Lift file to TensorFlow… · ${levelCounts(changes)}`,
          kind: 'rewrite',
          act: { type: 'lift', only: null },
        },
      ];

/** What the rules here mean, and how to switch them off: the narrowest in all three ways, others for their line. */
function ruleOffers(here: readonly Shown[]): readonly Offer[] {
  const byRule = [...new Map(here.map(({ finding }) => [finding.rule, finding])).values()];
  const explain = byRule.map((finding): Offer => ({
    title: `Explain ${finding.rule}: ${finding.name.replaceAll('-', ' ')}`,
    kind: 'quickfix',
    finding,
    act: { type: 'explain', rule: finding.rule },
  }));
  const disable = byRule.flatMap((finding, at) =>
    (at === 0 ? (['line', 'file', 'workspace'] as const) : (['line'] as const)).map((where): Offer => ({
      title: `Disable ${finding.rule} for this ${where}`,
      kind: 'quickfix',
      finding,
      act: { type: 'disable', rule: finding.rule, line: finding.range.start.line, where },
    })),
  );
  return [...explain, ...disable];
}
