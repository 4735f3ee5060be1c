// Hints and quick fixes: for each expression that has a TensorFlow form, the form, and an edit that converts this expression alone:
// arrays go in by `tf.convert_to_tensor` and come out by `.numpy()`, so that the program around it stays right.
import { rules, transforms } from '../rules/index.ts';
import type { Finding, Level } from '../../shared/findings.ts';
import type { Analysis } from '../infer/types.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { importEdits, usedAround } from './imports.ts';
import { faithful, mayLift } from './index.ts';
import { Lifter, levelOrder, shorten } from './lifter.ts';
import { planFunctions } from './functions.ts';
import { Plan, Replan } from './plan.ts';
import { sessionFixes } from './session/index.ts';
import { Refused } from './term.ts';

const names = new Map<string, { readonly name: string; readonly why: string }>([
  ...rules.map(rule => [rule.id, { name: (rule.names[0] ?? '').replace('ndarray.', ''), why: rule.why }] as const),
  ...Object.values(transforms).map(row => [row.id, { name: row.name, why: row.why }] as const),
]);
/** Rules whose form alone, with a boundary on both sides, would change nothing. */
const notAlone = new Set([
  ...rules.filter(rule => rule.family === 'random' || rule.family === 'types').map(rule => rule.id),
  'TL199',
  'TL145',
  'TL155',
  'TL178',
  'TL179',
]);
const liftable = new Set([
  'call',
  'binary_operator',
  'comparison_operator',
  'unary_operator',
  'subscript',
  'attribute',
]);

/** The findings of the conversion: `convertible` with fixes, and `blocked` with reasons. */
export function quickFixes(analysis: Analysis): readonly Finding[] {
  const { program } = analysis;
  if (!mayLift(analysis)) return [];
  const whole = faithful(analysis);
  const findings: Finding[] = [...sessionFixes(analysis)];
  const plan = new Plan();
  const options = { dtypes: 'faithful', level: 'review', function: '' } as const;
  const alone = new Lifter(analysis, options, plan, whole.lifter.tf);
  planFunctions(alone);
  alone.alone = true;
  const timed = (node: SyntaxNode): boolean =>
    program.magics.some(({ start, end }) => start <= node.start && node.end <= end);
  const visit = (node: SyntaxNode): void => {
    if (
      node.kind === 'ERROR' ||
      node.kind === 'class_definition' ||
      node.kind === 'string' ||
      node.kind.startsWith('import')
    )
      return;
    if (liftable.has(node.kind) && !timed(node)) {
      const found = single(analysis, alone, whole.lifter, node);
      if (found) {
        findings.push(found);
        return;
      }
    }
    for (const child of node.items) if (!['type', 'attribute', 'left'].includes(child.field ?? '')) visit(child);
  };
  visit(program.root);
  for (const { rule, note, node } of whole.lifter.used) {
    const row = names.get(rule);
    const statement = (rule >= 'TL191' && rule <= 'TL198') || rule === transforms.methodStore.id;
    if (!row || !statement) continue;
    findings.push({
      rule,
      name: row.name,
      kind: 'convertible',
      severity: 'hint',
      range: program.range(node),
      message: note === null ? row.why : `${row.why} What differs: ${note}.`,
      notes: note === null ? [] : [note],
      fixes: [],
    });
  }
  const kept = [...whole.lifter.plan.numpy.values()].filter(({ rule }) => rule !== 'TL907');
  const seen = new Set<string>();
  for (const { rule, range, reason } of [...kept, ...whole.lifter.blocked]) {
    const key = `${rule}@${range.start.line}:${range.start.character}`;
    if (seen.has(key)) continue;
    seen.add(key);
    findings.push({
      rule,
      name: 'stays-numpy',
      kind: 'blocked',
      severity: 'hint',
      range,
      message: `Stays NumPy: ${reason}.`,
      fixes: [],
    });
  }
  return findings;
}

/** The finding of one expression, with the edit that converts it alone; null where it has no form. */
function single(analysis: Analysis, alone: Lifter, whole: Lifter, node: SyntaxNode): Finding | null {
  const { program } = analysis;
  const before = [alone.used.length, alone.blocked.length] as const;
  const text = quietly(() => alone.expr(node, 'numpy').text);
  const used = alone.used.slice(before[0]);
  const blocked = alone.blocked.length > before[1];
  const needs = new Set(alone.imports);
  alone.used.length = before[0];
  alone.blocked.length = before[1];
  alone.imports.clear();
  const main = used.find(({ node: at, rule }) => at === node && !notAlone.has(rule));
  if (text === null || blocked || !main || text === node.text) return null;
  const row = names.get(main.rule);
  const level = used.reduce<Level>(
    (worst, found) => (levelOrder.indexOf(found.level) > levelOrder.indexOf(worst) ? found.level : worst),
    'safe',
  );
  const notes = [...new Set(used.flatMap(({ note }) => note ?? []))];
  const marks = [whole.used.length, whole.blocked.length] as const;
  const shown = quietly(() => whole.expr(node, 'any').text) ?? text;
  whole.used.length = marks[0];
  whole.blocked.length = marks[1];
  const asWritten = shown === node.text;
  if (asWritten && notes.length === 0) return null;
  const own = { start: node.start, end: node.end, newText: text };
  const range = program.range(node);
  const edits = [own, ...importEdits(analysis, usedAround(analysis, node, text), needs, alone.tf)];
  return {
    rule: main.rule,
    name: row?.name ?? main.rule,
    kind: 'convertible',
    severity: 'hint',
    range,
    message: `\`${shorten(node.text)}\` ${asWritten ? 'reads the same with tensors' : `becomes \`${shorten(shown)}\``}.${notes.length > 0 ? ` What differs: ${notes.join('; ')}.` : ''}`,
    becomes: asWritten ? text : shown,
    notes,
    fixes: [
      {
        title: `Lift to \`${shorten(asWritten ? text : shown)}\``,
        level,
        edits: edits.map(edit => ({ range: program.source.range(edit.start, edit.end), newText: edit.newText })),
      },
    ],
  };
}

function quietly(action: () => string): string | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof Refused || error instanceof Replan) return null;
    throw error;
  }
}
