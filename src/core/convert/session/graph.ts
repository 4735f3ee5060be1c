// Placeholders, feed_dict and Session.run → one `@tf.function` for each fetched name, called with what was fed.
import type { SyntaxNode } from '../../syntax/index.ts';
import type { Lifter } from '../lifter.ts';
import { dropLine } from '../lines.ts';
import type { Edit } from '../statements.ts';
import { numericOf } from '../values.ts';

const last = (name: string | null): string => name?.replace(/^tensorflow\.(compat\.v1\.)?/, '') ?? '';

export function graphEdits(lifter: Lifter): readonly Edit[] {
  const { analysis } = lifter;
  const { root, source } = analysis.program;
  const resolved = (node: SyntaxNode): string => last(analysis.resolve(node));
  const calls = analysis.program.nodes.filter(node => node.kind === 'call');
  const runs = calls.filter(node => resolved(node) === 'Session.run');
  const placeholders = new Map<string, { readonly statement: SyntaxNode; readonly call: SyntaxNode }>();
  const definitions = new Map<string, SyntaxNode>();
  for (const statement of root.items) {
    const assignment = statement.kind === 'expression_statement' ? statement.items[0] : undefined;
    const left = assignment?.kind === 'assignment' ? assignment.child('left') : null;
    const right = assignment?.child('right');
    if (left?.kind !== 'identifier' || !right) continue;
    if (right.kind === 'call' && resolved(right) === 'placeholder')
      placeholders.set(left.text, { statement, call: right });
    else definitions.set(left.text, statement);
  }
  const edits: Edit[] = [];
  const moved = new Set<SyntaxNode>();
  const written = new Map<string, readonly string[]>();
  for (const run of runs) {
    const [fetch] = run.child('arguments')?.items ?? [];
    if (!fetch) continue;
    if (fetch.kind === 'call' && /initializer|initialize_all_variables/.test(resolved(fetch))) continue;
    if (fetch.kind !== 'identifier') continue;
    const definition = definitions.get(fetch.text);
    if (!definition) continue;
    let parameters = written.get(fetch.text);
    if (!parameters) {
      const slice = dependencies(definition, definitions, placeholders);
      const fed = [...placeholders.keys()].filter(name => slice.some(statement => uses(statement, name)));
      parameters = fed.length > 0 ? fed : free(lifter, definition);
      written.set(fetch.text, parameters);
      for (const statement of slice) moved.add(statement);
      const body = slice.slice(0, -1).map(statement => `    ${statement.text}`);
      const value = definition.items[0]?.child('right')?.text ?? fetch.text;
      const text = [
        '@tf.function',
        `def ${functionName(fetch.text)}(${parameters.join(', ')}):`,
        ...body,
        `    return ${value}`,
      ].join(source.lineBreak);
      const gap = source.lineBreak;
      const above = edits.some(edit => edit.newText.includes('.function')) ? '' : gap + gap;
      edits.push({
        start: definition.start,
        end: definition.end,
        newText: `${above}${text.replace('@tf.', `@${lifter.tf}.`)}${gap}`,
      });
      moved.delete(definition);
      lifter.overrides.set(definition.id, definition.text);
    }
    const names = parameters;
    lifter.fetches.set(
      run.id,
      () => `${functionName(fetch.text)}(${names.map(name => fedValue(lifter, run, name, placeholders)).join(', ')})`,
    );
    lifter.note('TL304', 'review', 'what the session ran is a compiled function that is called', run);
  }
  for (const statement of moved) {
    lifter.overrides.set(statement.id, statement.text);
    edits.push(dropLine(lifter.analysis, statement));
  }
  for (const { statement } of placeholders.values()) {
    lifter.overrides.set(statement.id, statement.text);
    edits.push(dropLine(lifter.analysis, statement));
    lifter.note('TL305', 'review', 'a placeholder is a parameter of the function', statement);
  }
  for (const statement of root.items) edits.push(...sessionStatement(lifter, statement, resolved));
  return edits;
}

const functionName = (name: string): string => `compute_${name}`;

const uses = (statement: SyntaxNode, name: string): boolean => {
  const right = statement.items[0]?.child('right');
  return right
    ? [...right.walk()].some(node => node.kind === 'identifier' && node.text === name && node.field !== 'attribute')
    : false;
};

/** The statements that a fetched name needs and that depend on placeholders, its own last. */
function dependencies(
  definition: SyntaxNode,
  definitions: ReadonlyMap<string, SyntaxNode>,
  placeholders: ReadonlyMap<string, unknown>,
): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const fed = (statement: SyntaxNode): boolean =>
    [...placeholders.keys()].some(name => uses(statement, name)) ||
    [...definitions].some(
      ([name, other]) => other !== statement && other.start < statement.start && uses(statement, name) && fed(other),
    );
  const visit = (statement: SyntaxNode): void => {
    for (const [name, other] of definitions)
      if (
        other !== statement &&
        other.start < statement.start &&
        uses(statement, name) &&
        fed(other) &&
        !found.includes(other)
      )
        visit(other);
    if (!found.includes(statement)) found.push(statement);
  };
  visit(definition);
  return found;
}

/** Module-level names that hold tensors and stand in the definition: the parameters of its function. */
function free(lifter: Lifter, definition: SyntaxNode): readonly string[] {
  const names = new Set<string>();
  for (const node of definition.items[0]?.child('right')?.walk() ?? []) {
    if (node.kind !== 'identifier' || node.field === 'attribute') continue;
    const value = lifter.value(node);
    if (numericOf(value) && !(value.kind === 'tensor' && value.variable)) names.add(node.text);
  }
  return [...names];
}

/** What is passed for a parameter: the fed value in the placeholder's dtype, or the name itself. */
function fedValue(
  lifter: Lifter,
  run: SyntaxNode,
  name: string,
  placeholders: ReadonlyMap<string, { readonly call: SyntaxNode }>,
): string {
  const placeholder = placeholders.get(name);
  if (!placeholder) return name;
  const feed = run
    .child('arguments')
    ?.items.find(item => item.kind === 'keyword_argument' && item.child('name')?.text === 'feed_dict');
  const pair = feed?.child('value')?.items.find(item => item.kind === 'pair' && item.child('key')?.text === name);
  const value = pair?.child('value');
  if (!value) return name;
  const dtype = placeholder.call.child('arguments')?.items[0]?.text ?? `${lifter.tf}.float32`;
  const numeric = numericOf(lifter.value(value));
  if (!numeric) return `${lifter.tf}.constant(${value.text}, ${dtype})`;
  const term = lifter.expr(value, 'tensor');
  return dtype.endsWith(`.${String(term.dtype)}`) ? term.text : `${lifter.tf}.cast(${term.text}, ${dtype})`;
}

/** Statements that only a session needs are dropped; the body of its `with` moves out. */
function sessionStatement(
  lifter: Lifter,
  statement: SyntaxNode,
  resolved: (node: SyntaxNode) => string,
): readonly Edit[] {
  const { source } = lifter.analysis.program;
  const inner = statement.kind === 'expression_statement' ? statement.items[0] : undefined;
  if (statement.kind === 'with_statement') {
    const made = [...(statement.items[0]?.walk() ?? [])].find(
      node => node.kind === 'call' && /^(Interactive)?Session$/.test(resolved(node)),
    );
    const body = statement.child('body');
    const [first] = body?.items ?? [];
    if (!made || !body || !first) return [];
    lifter.note('TL303', 'review', 'a session is not needed: the function is called', statement);
    const dropped = body.items.filter(item => isInitializerRun(item, resolved));
    for (const item of dropped) lifter.overrides.set(item.id, item.text);
    const kept = body.items.filter(item => !dropped.includes(item));
    const outer = /^[ \t]*/.exec(source.lineText(source.lineAt(statement.start)))?.[0] ?? '';
    const indent = /^[ \t]*/.exec(source.lineText(source.lineAt(first.start)))?.[0] ?? '';
    const [top] = kept;
    if (!top) return [dropLine(lifter.analysis, statement)];
    const gone = dropped.filter(item => item.start > top.start).map(item => dropLine(lifter.analysis, item));
    const edits: Edit[] = [{ start: statement.start, end: top.start, newText: '' }, ...gone];
    for (let line = source.lineAt(top.start) + 1; line <= source.lineAt(body.end); line++) {
      const start = source.lineStarts[line] ?? body.end;
      if (gone.some(edit => edit.start <= start && start < edit.end)) continue;
      if (source.lineText(line).startsWith(indent)) edits.push({ start, end: start + indent.length, newText: outer });
    }
    return edits;
  }
  const call = inner?.kind === 'assignment' ? inner.child('right') : inner;
  if (call?.kind !== 'call') return [];
  const name = resolved(call);
  const only =
    /^(Interactive)?Session$|^disable_eager_execution$|^disable_v2_behavior$|initializer$|^initialize_all_variables$|^Session\.close$/.test(
      name,
    );
  if (!only && !isInitializerRun(statement, resolved)) return [];
  lifter.overrides.set(statement.id, statement.text);
  lifter.note(
    name.startsWith('disable') ? 'TL307' : 'TL303',
    'review',
    'a session is not needed: the function is called',
    statement,
  );
  return [dropLine(lifter.analysis, statement)];
}

function isInitializerRun(statement: SyntaxNode, resolved: (node: SyntaxNode) => string): boolean {
  const call = statement.kind === 'expression_statement' ? statement.items[0] : undefined;
  if (call?.kind !== 'call' || resolved(call) !== 'Session.run') return false;
  const [fetch] = call.child('arguments')?.items ?? [];
  return fetch !== undefined && /init/.test(fetch.kind === 'call' ? resolved(fetch) : fetch.text);
}
