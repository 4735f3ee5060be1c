// `%timeit` inside an expression → `seconds(lambda: …)`: a function placed in the file once, with a warm-up before the clock starts.
// What is timed stays what it is (NumPy is timed as NumPy); where both sides of one computation are timed, they are compared.
import type { SyntaxNode } from '../../syntax/index.ts';
import { statementOf } from '../../syntax/index.ts';
import type { Lifter } from '../lifter.ts';
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
    const number = /-n\s*(\d+)/.exec(magic.options)?.[1];
    edits.push({
      start: magic.start,
      end: magic.end,
      newText: `${name}(lambda: ${text}${number === undefined || number === '1' ? '' : `, number=${number}`})`,
    });
    lifter.note('TL301', 'review', 'the time is measured with time.perf_counter after a warm-up', node);
    lifter.imports.add('time');
  }
  const [first] = [...statements].sort((a, b) => a.start - b.start);
  if (!first) return edits;
  for (const statement of statements) {
    lifter.overrides.set(statement.id, statement.text);
    for (const call of statement.walk()) {
      const inside = timed.some(node => node.contains(call));
      const fetched = inside || call.kind !== 'call' ? undefined : lifter.fetches.get(call.id);
      if (fetched) edits.push({ start: call.start, end: call.end, newText: `${fetched()}.numpy()` });
    }
  }
  const top = outermost(first);
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
  edits.push({ start: top.start, end: top.start, newText: helper + comparison.map(line => line + br).join('') });
  return edits;
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
