// The conversion: the door of the room. `convert` rewrites a program, `quickFixes` offers the same rewrites one at a time.
import type { Change, Conversion, ConversionUnit, Level } from '../../shared/findings.ts';
import type { Analysis } from '../infer/types.ts';
import { applyEdits } from '../syntax/index.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { planFunctions, returnsItself, settleChanged, settleReturning, settleShared } from './functions.ts';
import { importEdits, tensorflowName, usedIn } from './imports.ts';
import { Lifter, levelOrder } from './lifter.ts';
import type { Options } from './lifter.ts';
import { Plan, Replan } from './plan.ts';
import { sessionConversion } from './session/index.ts';
import { Walker } from './statements.ts';
import type { Edit } from './statements.ts';

export type { Options as ConvertOptions } from './lifter.ts';
export { changedStatements, type ChangedStatement } from './rows.ts';
export { sessionFixes } from './session/index.ts';
export { quickFixes } from './quick-fixes.ts';

/** Converts a program. Edits leave every unit outside them as it was; what can't be converted is in the units' `blocked`. */
export function convert(analysis: Analysis, options: Options): Conversion {
  const { edits, lifter } = lift(analysis, options);
  const { source } = analysis.program;
  const before = applyEdits(source, toTextEdits(analysis, edits));
  const all = edits.length > 0 ? [...edits, ...importEdits(analysis, usedIn(before), lifter.imports, lifter.tf)] : [];
  const textEdits = toTextEdits(analysis, mergeInsertions(all));
  const units = unitsOf(analysis, lifter, edits);
  return {
    source: applyEdits(source, textEdits),
    edits: textEdits,
    changes: changesOf(analysis, lifter),
    complete: units.every(unit => unit.blocked.length === 0),
    units,
  };
}

/** What the conversion of a whole program at level Review would do, place by place. */
export const offered = (analysis: Analysis): readonly Change[] =>
  mayLift(analysis) ? changesOf(analysis, faithful(analysis).lifter) : [];

/** Whether a text has anything that the conversion knows of. */
export const mayLift = ({ program }: Analysis): boolean => /\bnumpy\b|Session|placeholder/.test(program.source.text);

const lifted = new WeakMap<Analysis, ReturnType<typeof lift>>();
/** The conversion that hints and fixes speak of, made once for each analysis. */
export function faithful(analysis: Analysis): ReturnType<typeof lift> {
  const known = lifted.get(analysis) ?? lift(analysis, { dtypes: 'faithful', level: 'review' });
  lifted.set(analysis, known);
  return known;
}

function changesOf(analysis: Analysis, lifter: Lifter): readonly Change[] {
  return lifter.used
    .filter(({ rule }) => rule !== 'TL199')
    .toSorted((a, b) => a.node.start - b.node.start || b.node.end - a.node.end)
    .map(({ node, ...change }) => ({ ...change, range: analysis.program.range(node) }));
}

/** Runs the walk until the plan no longer changes. */
export function lift(
  analysis: Analysis,
  options: Options,
): { readonly edits: readonly Edit[]; readonly lifter: Lifter } {
  const plan = new Plan();
  const tf = tensorflowName(analysis);
  planFunctions(new Lifter(analysis, options, plan, tf));
  for (;;) {
    const lifter = new Lifter(analysis, options, plan, tf);
    settleReturning(lifter);
    settleChanged(lifter);
    settleShared(lifter);
    try {
      const session = options.part ? [] : sessionConversion(lifter);
      const walker = new Walker(lifter);
      walker.block(analysis.program.root);
      if (!lifter.replanned) return { edits: [...walker.edits, ...session], lifter };
    } catch (error) {
      if (!(error instanceof Replan)) throw error;
    }
  }
}

const toTextEdits = (analysis: Analysis, edits: readonly Edit[]): Conversion['edits'] =>
  edits.map(edit => ({ range: analysis.program.source.range(edit.start, edit.end), newText: edit.newText }));

/** Insertions first where several edits begin at one place. */
const mergeInsertions = (edits: readonly Edit[]): readonly Edit[] =>
  edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order)
    .map(({ edit }) => edit);

/** The function or class that a node stands in, outermost first; null for the module. */
function unitNode(node: SyntaxNode): SyntaxNode | null {
  let unit: SyntaxNode | null = null;
  for (let at: SyntaxNode | null = node; at; at = at.parent) if (at.kind === 'function_definition') unit = at;
  return unit;
}

function unitsOf(analysis: Analysis, lifter: Lifter, edits: readonly Edit[]): readonly ConversionUnit[] {
  const { program } = analysis;
  const kept = [...lifter.plan.numpy].filter(([, { rule }]) => rule !== 'TL912');
  const nodes: (SyntaxNode | null)[] = [null];
  for (const node of program.nodes)
    if (node.kind === 'function_definition' && unitNode(node) === node) nodes.push(node);
  return nodes.map((node): ConversionUnit => {
    const inside = (found: SyntaxNode): boolean => unitNode(found) === node;
    const used = lifter.used.filter(found => inside(found.node));
    const blocked = [
      ...kept
        .filter(([binding, { rule }]) => unitNode(binding.scope.node) === node && rule !== 'TL907')
        .map(([, reason]) => reason),
      ...lifter.blocked.filter(found => inside(found.node)).map(({ rule, range, reason }) => ({ rule, range, reason })),
    ].filter(
      (found, at, list) =>
        list.findIndex(
          other =>
            other.rule === found.rule &&
            other.reason === found.reason &&
            other.range.start.line === found.range.start.line,
        ) === at,
    );
    const level = used.reduce<Level>(
      (worst, { level: own }) => (levelOrder.indexOf(own) > levelOrder.indexOf(worst) ? own : worst),
      'safe',
    );
    const start = node?.start ?? 0;
    const end = node?.end ?? program.source.text.length;
    const changed = edits.some(
      edit => edit.start >= start && edit.end <= end && (node !== null || unitOfOffset(nodes, edit.start) === null),
    );
    const rules = [...new Set(used.map(found => found.rule))].sort();
    const lifted = rules.some(rule => rule !== 'TL199');
    const info = node ? analysis.functionOf(node) : null;
    const returning = node ? (lifter.plan.returning.get(node.id) ?? []) : [];
    return {
      name: node?.child('name')?.text ?? '<module>',
      kind: node === null ? 'module' : node.above('class_definition') ? 'method' : 'function',
      line: node === null ? 0 : program.source.lineAt(node.start),
      status: !changed
        ? blocked.length > 0
          ? 'blocked'
          : 'unchanged'
        : blocked.length === 0
          ? 'converted'
          : lifted
            ? 'partial'
            : 'blocked',
      level,
      rules,
      blocked,
      mutates: info?.mutates ?? [],
      returns:
        returning.length === 0
          ? []
          : [
              ...(info && returnsSomething(info.node) && !returnsItself(info.node, returning) ? ['return'] : []),
              ...returning,
            ],
    };
  });
}

const unitOfOffset = (nodes: readonly (SyntaxNode | null)[], offset: number): SyntaxNode | null =>
  nodes.find(node => node !== null && node.start <= offset && offset <= node.end) ?? null;
const returnsSomething = (fn: SyntaxNode): boolean =>
  [...fn.walk()].some(
    node =>
      node.kind === 'return_statement' &&
      node.items.length > 0 &&
      node.items[0]?.kind !== 'none' &&
      unitNode(node) === unitNode(fn),
  );
