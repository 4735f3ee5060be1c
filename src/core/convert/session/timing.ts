// `%timeit` inside an expression → `seconds(lambda: …)`: a function placed in the file once, with a warm-up before the clock starts.
// A line `%timeit …` of a Python file becomes one that prints the time.
// What is timed stays what it is (NumPy is timed as NumPy); where both sides of one computation are timed, they are compared.
import type { Magic, SyntaxNode } from '../../syntax/index.ts';
import { statementOf } from '../../syntax/index.ts';
import type { Lifter } from '../lifter.ts';
import { refusals } from '../../rules/index.ts';
import { Replan } from '../plan.ts';
import { parameterName } from '../python-calls.ts';
import type { Edit } from '../statements.ts';
import { numericOf } from '../values.ts';

export function timingEdits(lifter: Lifter): readonly Edit[] {
  const { analysis } = lifter;
  const { program } = analysis;
  const { source, root } = program;
  const magics = program.magics.filter(magic => magic.place === 'inside' && magic.name === 'timeit');
  const edits: Edit[] = [];
  const statements = new Set<SyntaxNode>();
  const timed: SyntaxNode[] = [];
  const name = analysis.scopes.some(scope => scope.bindings.has('seconds')) ? 'measured_seconds' : 'seconds';
  for (const magic of magics) {
    const node = program.nodes.find(found => found.named && found.start === magic.code && found.end === magic.end);
    if (!node) continue;
    const statement = statementOf(node);
    statements.add(statement);
    timed.push(node);
    const fetched = node.kind === 'call' ? lifter.fetches.get(node.id) : undefined;
    const text = fetched ? `${fetched()}.numpy()` : lifter.expr(node, 'stay').text;
    edits.push({
      start: magic.start,
      end: magic.end,
      newText: `${name}(lambda: ${text}${times(magic)})`,
    });
    lifter.note('TL301', 'review', 'the time is measured with time.perf_counter after a warm-up', node);
    lifter.imports.add('time');
  }
  const lines = timedLines(lifter);
  keepTimed(lifter, lines);
  for (const { magic, node, expression } of lines) {
    edits.push({
      start: magic.start,
      end: magic.end,
      newText: `print(${name}(lambda: ${expression}${times(magic)}), "s")`,
    });
    lifter.note('TL302', 'review', 'the time is measured with time.perf_counter after a warm-up, and printed', node);
    lifter.imports.add('time');
  }
  const [first] = [...statements].sort((a, b) => a.start - b.start);
  const places = [...(first ? [outermost(first).start] : []), ...lines.map(({ magic }) => magic.start)];
  if (places.length === 0) return edits;
  for (const statement of statements) {
    lifter.overrides.set(statement.id, statement.text);
    for (const call of statement.walk()) {
      const inside = timed.some(node => node.contains(call));
      const fetched = inside || call.kind !== 'call' ? undefined : lifter.fetches.get(call.id);
      if (fetched) edits.push({ start: call.start, end: call.end, newText: `${fetched()}.numpy()` });
    }
  }
  const top = Math.min(...places);
  const br = source.lineBreak;
  const helper = [
    '',
    `def ${name}(run, number=1):`,
    '    run()  # warm-up: the first call of a compiled function traces and compiles it',
    '    start = time.perf_counter()',
    '    for _ in range(number):',
    '        run()',
    '    return (time.perf_counter() - start) / number',
    '',
    '',
    '',
  ].join(br);
  const comparison = compared(lifter, root, timed);
  edits.push({ start: top, end: top, newText: helper + comparison.map(line => line + br).join('') });
  return edits;
}

/** How often it runs, as the helper takes it. */
function times({ options }: Magic): string {
  const number = /-n\s*(\d+)/.exec(options)?.[1];
  return number === undefined || number === '1' ? '' : `, number=${number}`;
}

interface TimedLine {
  readonly magic: Magic;
  /** The comment that stands for the line in the parsed text. */
  readonly node: SyntaxNode;
  readonly expression: string;
}

/** Lines `%timeit expression` of a Python file, where they are a syntax error; in notebooks they stay. */
function timedLines({ analysis: { program } }: Lifter): readonly TimedLine[] {
  if (program.isNotebook) return [];
  return program.magics.flatMap(magic => {
    const node = program.nodes.find(found => found.kind === 'comment' && found.start === magic.start);
    const expression = program.source.text.slice(magic.code, magic.end).trim();
    const fits = magic.place === 'line' && magic.name === 'timeit' && isExpression(expression);
    return fits && node ? [{ magic, node, expression }] : [];
  });
}

/** The text of a timed line stays as it is: what it names stays NumPy. */
function keepTimed({ analysis, plan }: Lifter, lines: readonly TimedLine[]): void {
  let changed = false;
  for (const { node, expression } of lines) {
    const names = new Set(expression.match(/[A-Za-z_]\w*/g) ?? []);
    const kept = {
      rule: refusals.escapes.id,
      range: analysis.program.range(node),
      reason: 'a line with %timeit uses it',
    };
    const functions = analysis.functions.filter(info => names.has(info.name) && !plan.numpyResults.has(info.node.id));
    const own = functions.flatMap(info =>
      (info.node.child('parameters')?.items ?? []).flatMap(each => analysis.bindingOf(parameterName(each)) ?? []),
    );
    const module = analysis.scopes.find(scope => scope.kind === 'module');
    const variables = [...names].flatMap(name => module?.bindings.get(name) ?? []);
    const bindings = [...own, ...variables].filter(({ kind }) => kind === 'variable' || kind === 'parameter');
    changed ||= functions.length > 0 || bindings.some(binding => !plan.numpy.has(binding));
    for (const info of functions) plan.numpyResults.add(info.node.id);
    plan.keep(bindings, kept);
  }
  if (changed) throw new Replan();
}

/** Whether a line reads as one expression: no statement, no assignment, no comment. */
function isExpression(text: string): boolean {
  if (text === '' || /[#;]/.test(text) || /^(?:for|while|if|with|import|from|del|assert|return|pass)\b/.test(text))
    return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text[at] ?? '';
    if ('([{'.includes(unit)) depth++;
    else if (')]}'.includes(unit)) depth--;
    else if (unit === '=' && depth === 0 && !/[=!<>]/.test((text[at - 1] ?? '') + (text[at + 1] ?? ''))) return false;
  }
  return depth === 0;
}

const outermost = (node: SyntaxNode): SyntaxNode => {
  let at = node;
  while (at.parent && at.parent.kind !== 'module') at = at.parent;
  return at;
};

/** Where the timed NumPy expression was also assigned to a name, and a session's result too: the two are compared. */
function compared(lifter: Lifter, root: SyntaxNode, timed: readonly SyntaxNode[]): readonly string[] {
  const { analysis } = lifter;
  let numpy: SyntaxNode | null = null;
  let fetched: SyntaxNode | null = null;
  for (const node of root.walk()) {
    if (node.kind !== 'assignment') continue;
    const left = node.child('left');
    const right = node.child('right');
    if (left?.kind !== 'identifier' || right?.kind !== 'call') continue;
    if (lifter.fetches.has(right.id)) fetched = left;
    else if (timed.some(found => found.text === right.text) && (analysis.resolve(right) ?? '').startsWith('numpy.'))
      numpy = left;
  }
  if (!numpy || !fetched || !numericOf(lifter.value(numpy))) return [];
  const text = (name: SyntaxNode): string =>
    lifter.isKept(analysis.bindingOf(name)) ? name.text : `${name.text}.numpy()`;
  const [a, b] = [text(fetched), text(numpy)];
  return [`np.testing.assert_allclose(${a}, ${b})`, `print("Largest difference:", abs(${a} - ${b}).max())`];
}
