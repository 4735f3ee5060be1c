// What hovers say, as Markdown: a finding as a diff with its level, reason and links; an array with its type and last values, a function with what it
// bears. Pure:
// links and pages come in as functions.
import type { Finding, InferredValue, Level } from '../shared/findings.ts';
import type { Range } from '../shared/positions.ts';
import type { FunctionReadiness, Readiness, Way } from '../shared/readiness.ts';
import type { LineResult } from '../shared/trace.ts';
import { shortNumber } from './run/valueText.ts';
import { shapeWords, typeWords } from './types.ts';

/** What a rule's page says: its first paragraph, and what to do where something stays NumPy. */
export interface RuleText {
  readonly why: string;
  readonly todo: string | null;
}

/** Reads the two from the Markdown of docs/rules. */
export function ruleText(page: string): RuleText {
  const parts = page.split(/\r?\n\r?\n/);
  const todo = parts.findIndex(part => part.startsWith('## What to do'));
  return { why: parts[1]?.trim() ?? '', todo: todo < 0 ? null : (parts[todo + 1]?.trim() ?? null) };
}

/** A link that runs a command: its label, and its address (`command:…`). */
export interface Link {
  readonly label: string;
  readonly address: string;
  readonly tooltip: string;
}

const levelIcons: Readonly<Record<Level, string>> = { safe: '$(pass)', review: '$(eye)', unsafe: '$(warning)' };
const levels: Readonly<Record<Level, string>> = {
  safe: '**Safe.** The same values, dtype and shape for all inputs.',
  review: '**Review.** The same, except:',
  unsafe: '**Unsafe.** May give other results:',
};

/**
 * A finding in detail. What its diagnostic already says in the same hover is not repeated: the message itself, and the reason where
 * it is the message. Null where there is nothing to add but links that the diagnostic has too.
 */
export function findingText(
  finding: Finding,
  before: string,
  also: readonly Finding[],
  page: RuleText | null,
  links: readonly Link[],
): string | null {
  const parts: string[] = [];
  const fix = finding.fixes[0];
  if (finding.becomes !== undefined && fix)
    parts.push(diff(before, finding.becomes), level(fix.level, finding.notes ?? []), borders(finding, finding.becomes));
  else if (fix) parts.push(`${levelIcons[fix.level]} **Fix:** ${plain(fix.title)}.`);
  else if (finding.notes?.length) parts.push(level('review', finding.notes));
  if (finding.kind === 'convertible' && page?.why && !finding.message.includes(page.why)) parts.push(plain(page.why));
  if (finding.kind === 'blocked' && page?.todo) parts.push(`**What to do:** ${plain(page.todo)}`);
  // A conversion takes care of the hazards at its place; a warning does not.
  const rest =
    finding.kind === 'convertible' || finding.kind === 'blocked' ? [] : also.filter(each => !each.fixes.length);
  const reasons = rest.map(({ kind, message }) => `- ${kind === 'convertible' ? 'Lifted: ' : ''}${plain(message)}`);
  if (reasons.length) parts.push([...new Set(reasons)].join('\n'));
  if (parts.length === 0) return null;
  return [...parts, linkRow(links)].filter(Boolean).join('\n\n');
}

/** A fix applied alone stands between NumPy on both sides. */
function borders({ range, fixes }: Finding, becomes: string): string {
  const own = fixes[0]?.edits.find(edit => JSON.stringify(edit.range) === JSON.stringify(range));
  if (!own || own.newText === becomes || !own.newText.includes('.numpy()')) return '';
  return own.newText.includes('tf.convert_to_tensor') && !becomes.includes('tf.convert_to_tensor')
    ? 'Applied alone, arrays go in by `tf.convert_to_tensor` and come out by `.numpy()`.'
    : 'Applied alone, the result comes out by `.numpy()`.';
}

function level(of: Level, notes: readonly string[]): string {
  const head = `${levelIcons[of]} ${levels[of]}`;
  if (of === 'safe') return head;
  if (notes.length === 0) return head.replace(/, except:$|:$/, '.');
  return `${head} ${notes.map(plain).join('; ')}.`;
}

/** Both texts as a diff; lines that both have are shown once. */
export function diff(before: string, after: string): string {
  const sign = (mark: string, text: string) => text.split(/\r\n|\n|\r/).map(line => `${mark} ${line}`);
  return ['```diff', ...sign('-', before), ...sign('+', after), '```'].join('\n');
}

export const linkRow = (links: readonly Link[]): string =>
  links.map(({ label, address, tooltip }) => `[${label}](${address} "${tooltip}")`).join(' &nbsp;·&nbsp; ');

/** An array: its type in words, and the values of the last run. `pictures` are addresses of images with their alternative text. */
export function valueHover(
  name: string,
  value: InferredValue | null,
  seen: { readonly result: LineResult; readonly stale: boolean } | null,
  pictures: readonly { readonly uri: string; readonly alt: string }[],
  links: readonly Link[],
): string {
  const parts = [`\`${name}\` &nbsp;${typeOf(value, seen?.result ?? null)}`];
  if (seen) {
    const rows = valueRows(seen.result);
    if (rows.length)
      parts.push(['| | |', '|:--|:--|', ...rows.map(([label, text]) => `| ${label} | ${text} |`)].join('\n'));
    if (pictures.length) parts.push(pictures.map(({ uri, alt }) => `![${alt}](${uri})`).join(' &nbsp; '));
    const when = seen.stale ? 'Last run, before the text changed' : 'Last run';
    parts.push(`*${when}, ${duration(seen.result.ms)}*`);
  }
  if (links.length) parts.push(linkRow(links));
  return parts.join('\n\n');
}

function typeOf(value: InferredValue | null, result: LineResult | null): string {
  if (!result) return value ? typeWords(value.type, value.dtype, value.shape) : '';
  if (value) return typeWords(value.type, result.dtype, value.type === 'scalar' ? [] : result.shape);
  return `array of ${result.dtype}, ${shapeWords(result.shape)}`;
}

function valueRows({ repr, shape, summary }: LineResult): readonly (readonly [string, string])[] {
  if (!summary || summary.min === null || summary.max === null || shape.length === 0)
    return [['Value', `\`${oneLine(repr)}\``]];
  const { min, max, mean, nonFinite } = summary;
  return [
    ['Range', min === max ? `all ${shortNumber(min)}` : `${shortNumber(min)} … ${shortNumber(max)}`],
    ...(mean === null || min === max ? [] : ([['Mean', shortNumber(mean)]] as const)),
    ...(nonFinite ? ([['Not finite', `**${nonFinite.toLocaleString('en')}**`]] as const) : []),
  ];
}

const ways: readonly (readonly [Way, name: string, fine: string])[] = [
  ['eager', 'With tensors', 'runs as with arrays'],
  ['graph', '`tf.function`', 'gives the same compiled'],
  ['tape', 'On a tape', 'can be differentiated'],
];
const statusIcons: Readonly<Record<Readiness['status'], string>> = {
  safe: '$(pass)',
  breaks: '$(error)',
  unknown: '$(question)',
  none: '$(circle-slash)',
};

/** What a function bears, a row for each way of use. `place` writes a line of the program as a link. */
export function readinessHover(
  answer: FunctionReadiness,
  place: (at: Range) => string,
  explain: (rule: string) => string,
): string {
  const { eager } = answer;
  const told = (of: Readiness, fine: string): string =>
    of.status === 'safe'
      ? fine
      : [
          `${place(of.range)}: ${plain(of.reason).replace(/(?<!\\)\|/g, '\\|')}`,
          ...(of.rule === undefined ? [] : [explain(of.rule)]),
        ].join(' · ');
  const rows = ways.map(([way, name, fine]) => {
    const of = answer[way];
    // What breaks on tensors breaks everything: it is said once.
    const same = way !== 'eager' && of.status === 'breaks' && eager.status === 'breaks' && of.reason === eager.reason;
    return `| ${statusIcons[of.status]}&nbsp;${name} | ${same ? 'the same' : told(of, fine)} |`;
  });
  return [`\`${answer.name}\` &nbsp;under TensorFlow`, ['| | |', '|:--|:--|', ...rows].join('\n')].join('\n\n');
}

/** Milliseconds in the unit that reads best. */
export const duration = (ms: number): string =>
  ms < 1
    ? `${Math.max(1, Math.round(ms * 1000))} µs`
    : ms < 1000
      ? `${Number(ms.toPrecision(2))} ms`
      : `${Number((ms / 1000).toPrecision(3))} s`;

const oneLine = (text: string): string => {
  const flat = text.replace(/\s+/g, ' ').replace(/`/g, "'").replace(/\|/g, '\\|');
  return flat.length > 120 ? `${flat.slice(0, 119)}…` : flat;
};
/** Sentences of tables are text with `code` in it: what Markdown would read otherwise is escaped. */
const plain = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map(part => (part.startsWith('`') ? part : part.replace(/([\\*_{}[\]<>#|])/g, '\\$1')))
    .join('');
