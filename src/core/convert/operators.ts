// Operators on arrays: both sides cast to the dtype that NumPy computes in. On Python values they stay as they are.
import { ruleFor } from '../rules/index.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { applyRule } from './calls.ts';
import type { Lifter, Replacement } from './lifter.ts';
import { Refused } from './term.ts';
import type { Term, Want } from './term.ts';
import { carrierOf, numericOf } from './values.ts';

export function convertOperator(lifter: Lifter, node: SyntaxNode, want: Want): Term {
  switch (node.kind) {
    case 'binary_operator':
      return binary(lifter, node, node.child('left'), node.child('right'), node.child('operator')?.text ?? '');
    case 'comparison_operator': {
      const [left, right, more] = node.items;
      const operator = node
        .all('operators')
        .map(token => token.text)
        .join(' ');
      if (more || !left || !right || !/^(==|!=|<=?|>=?)$/.test(operator)) return python(lifter, node);
      if (left.kind === 'none' || right.kind === 'none') return python(lifter, node);
      return binary(lifter, node, left, right, operator);
    }
    case 'unary_operator': {
      const operand = node.child('argument');
      const operator = node.child('operator')?.text ?? node.children[0]?.text ?? '';
      if (!operand || !numericOf(lifter.value(operand))) return python(lifter, node);
      if (operator === '+') {
        const term = lifter.tensor(operand, null);
        return { ...term, text: `${lifter.tf}.identity(${term.text})`, form: 'atom' };
      }
      const rule = ruleFor(operator === '~' ? '~' : 'neg');
      if (!rule) return python(lifter, node);
      const term = applyRule(lifter, rule, node, new Map([['operand', [operand]]]), { operator, operands: true });
      return { ...term, form: term.text.startsWith(operator) ? 'same' : 'compound' };
    }
    case 'conditional_expression':
      return conditional(lifter, node, want);
    default:
      return python(lifter, node);
  }
}

/** `and`, `or`, `not`, `in`, `is`, chains: truth of one element works on tensors as it does on arrays. */
function python(lifter: Lifter, node: SyntaxNode): Term {
  const loose = node.kind === 'not_operator' || node.kind === 'comparison_operator' || node.kind === 'boolean_operator';
  const carrier = carrierOf(lifter.value(node));
  const want: Want = loose && carrier !== 'opaque' && !hasOpaque(lifter, node) ? 'any' : 'numpy';
  if (node.kind === 'boolean_operator' && carrier === 'array')
    return {
      ...lifter.rebuild(node, 'tensor'),
      rep: 'tensor',
      dtype: lifter.mapped(numericOf(lifter.value(node))?.dtype ?? null),
    };
  const term = lifter.rebuild(node, want);
  return node.kind === 'comparison_operator' && want === 'any' && term.rep === 'numpy'
    ? lifter.rebuild(node, 'numpy')
    : term;
}
const hasOpaque = (lifter: Lifter, node: SyntaxNode): boolean =>
  node.items.some(item => carrierOf(lifter.value(item)) === 'opaque');

function binary(
  lifter: Lifter,
  node: SyntaxNode,
  left: SyntaxNode | null,
  right: SyntaxNode | null,
  operator: string,
): Term {
  if (!left || !right) return lifter.rebuild(node, 'numpy');
  const sides = [left, right].map(side => numericOf(lifter.value(side)));
  if (sides.every(side => side === null)) return containers(lifter, node, [left, right]);
  if ([left, right].some(side => lifter.value(side).kind === 'str')) return lifter.rebuild(node, 'numpy');
  const rule = ruleFor(operator);
  if (!rule) throw new Refused('uncovered', node, `there is no rule for the operator ${operator}`);
  if (sides.some(side => side !== null && !side.numpy) && sides.every(side => side === null || !side.numpy)) {
    return { ...lifter.rebuild(node, 'any'), rep: 'tensor', dtype: numericOf(lifter.value(node))?.dtype ?? null };
  }
  const names = operator === '@' ? (['x1', 'x2'] as const) : (['left', 'right'] as const);
  const bound = new Map([
    [names[0], [left]],
    [names[1], [right]],
  ]);
  const term = applyRule(lifter, rule, node, bound, { operator, operands: true });
  return keepSpacing(lifter, left, right, operator, term);
}

/** Where the operator stayed, the gap around it stays too (line breaks, comments, no blanks). */
function keepSpacing(lifter: Lifter, left: SyntaxNode, right: SyntaxNode, operator: string, term: Term): Term {
  const gap = lifter.analysis.program.source.text.slice(left.end, right.start);
  const plain = ` ${operator} `;
  if (gap === plain || !gap.includes(operator)) return term;
  const at = operatorAt(term.text, operator);
  return at < 0 ? term : { ...term, text: term.text.slice(0, at) + gap + term.text.slice(at + plain.length) };
}
/** Where ` op ` stands outside brackets; the last place, since these operators associate to the left. */
function operatorAt(text: string, operator: string): number {
  const wanted = ` ${operator} `;
  let depth = 0;
  let found = -1;
  for (let i = 0; i < text.length; i++) {
    const unit = text[i] ?? '';
    if ('([{'.includes(unit)) depth++;
    else if (')]}'.includes(unit)) depth--;
    else if (depth === 0 && text.startsWith(wanted, i)) {
      found = i;
      if (operator === '**') break;
    }
  }
  return found;
}

/** Joined lists and repeated tuples of tensors. */
function containers(lifter: Lifter, node: SyntaxNode, sides: readonly SyntaxNode[]): Term {
  const carriers = sides.map(side => carrierOf(lifter.value(side)));
  if (!carriers.includes('container')) return lifter.rebuild(node, 'numpy');
  if (carriers.includes('opaque')) return lifter.rebuild(node, 'numpy');
  const term = lifter.rebuild(node, 'tensor');
  return { ...term, rep: 'tensor' };
}

function conditional(lifter: Lifter, node: SyntaxNode, want: Want): Term {
  const [yes, test, no] = node.items;
  if (!yes || !test || !no) return lifter.rebuild(node, 'numpy');
  const carrier = carrierOf(lifter.value(node));
  const lifted = (carrier === 'array' || carrier === 'container') && want !== 'numpy';
  const dtype = lifter.mapped(numericOf(lifter.value(node))?.dtype ?? null);
  const side = (branch: SyntaxNode): string => {
    if (branch.kind === 'none') return branch.text;
    if (!lifted) return lifter.expr(branch, 'numpy').text;
    return carrier === 'array' ? lifter.tensor(branch, dtype).text : lifter.expr(branch, 'tensor').text;
  };
  const replacements: Replacement[] = [
    [yes, side(yes)],
    [test, lifter.expr(test, carrierOf(lifter.value(test)) === 'opaque' ? 'numpy' : 'any').text],
    [no, side(no)],
  ];
  return {
    text: lifter.splice(node, replacements),
    rep: lifted ? 'tensor' : carrier === 'python' ? 'python' : 'numpy',
    dtype: lifted ? dtype : null,
    form: 'same',
  };
}
