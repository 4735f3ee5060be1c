// np.mgrid, np.c_ and np.finfo: NumPy names that are indexed or whose attributes are read, instead of called.
import type { DType } from '../../shared/dtypes.ts';
import { ruleFor } from '../rules/index.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { viewOf } from './arguments.ts';
import { listOf } from './displays.ts';
import type { Lifter } from './lifter.ts';
import { Refused } from './term.ts';
import type { Term } from './term.ts';
import { applyRule } from './calls.ts';

/** np.mgrid[a:b, c:d] and np.c_[a, b]; null where the subscript is another one. */
export function convertIndexer(lifter: Lifter, node: SyntaxNode, base: SyntaxNode): Term | null {
  const resolved = lifter.analysis.resolve(base);
  const items = node.all('subscript');
  if (resolved === 'numpy.mgrid') {
    const rule = ruleFor('mgrid');
    if (!rule) return null;
    return applyRule(lifter, rule, node, new Map([['index', items]]), {
      grid: items.every(item => isGridSlice(lifter, item)),
      rest: items,
    });
  }
  if (resolved !== 'numpy.c_') return null;
  const rule = ruleFor('c_');
  const [first] = items;
  if (!rule || !first) return null;
  const columns = { ...viewOf(lifter, first), items: items.map(item => viewOf(lifter, item)) };
  return applyRule(lifter, rule, node, new Map([['columns', items]]), { views: new Map([['columns', columns]]) });
}

interface GridSlice {
  readonly start: SyntaxNode | null;
  readonly stop: SyntaxNode | null;
  readonly step: SyntaxNode | null;
}
/** The parts of `a:b:c`, by the colons between them. */
export function sliceParts(node: SyntaxNode): GridSlice {
  const parts: (SyntaxNode | null)[] = [null, null, null];
  let at = 0;
  for (const child of node.children) {
    if (child.kind === ':') at++;
    else if (child.named && child.kind !== 'comment') parts[at] = child;
  }
  return { start: parts[0] ?? null, stop: parts[1] ?? null, step: parts[2] ?? null };
}

const imaginary = /^(\d+)[jJ]$/;
function isGridSlice(lifter: Lifter, node: SyntaxNode): boolean {
  if (node.kind !== 'slice') return false;
  const { start, stop, step } = sliceParts(node);
  if (!stop) return false;
  if (step && imaginary.test(step.text)) return true;
  return [start, stop, step].every(part => part === null || lifter.value(part).kind === 'int');
}

/** The index grids of np.mgrid: `tf.meshgrid(tf.range(…), …, indexing='ij')`; one axis alone is the range itself. */
export function gridTerms(lifter: Lifter, nodes: readonly SyntaxNode[]): Term {
  const linear = nodes.map(node => imaginary.test(sliceParts(node).step?.text ?? ''));
  if (linear.some(Boolean) && !linear.every(Boolean)) {
    throw new Refused(
      'argument',
      nodes[0] ?? nodes[1] ?? failNode(nodes),
      'np.mgrid with whole and complex steps together',
    );
  }
  const real: DType = lifter.options.dtypes === 'float32' ? 'float32' : 'float64';
  const axes = nodes.map((node, axis): Term => {
    const { start, stop, step } = sliceParts(node);
    const from = start ? lifter.expr(start, 'any').text : '0';
    const to = stop ? lifter.expr(stop, 'any').text : '0';
    if (linear[axis]) {
      const count = imaginary.exec(step?.text ?? '')?.[1] ?? '1';
      return {
        text: `tf.linspace(tf.constant(${from}, tf.${real}), ${to}, ${count})`,
        rep: 'tensor',
        dtype: real,
        form: 'atom',
      };
    }
    const by = step ? `, ${lifter.expr(step, 'any').text}` : '';
    const bounds = start && start.text !== '0' ? `${from}, ${to}${by}` : step ? `0, ${to}${by}` : to;
    return { text: `tf.range(${bounds}, dtype=tf.int64)`, rep: 'tensor', dtype: 'int64', form: 'atom' };
  });
  const list = listOf(axes, ['', '']);
  return axes.length === 1 ? list : { ...list, text: `tf.meshgrid(${list.text}, indexing='ij')` };
}
function failNode(nodes: readonly SyntaxNode[]): SyntaxNode {
  const [first] = nodes;
  if (!first) throw new RangeError('np.mgrid without an index');
  return first;
}

/** IEEE 754: NumPy's np.finfo, as written-out numbers. */
const floatInfo: Record<'float64' | 'float32', Readonly<Record<string, string>>> = {
  float64: {
    eps: '2.220446049250313e-16',
    max: '1.7976931348623157e+308',
    min: '-1.7976931348623157e+308',
    tiny: '2.2250738585072014e-308',
    smallest_normal: '2.2250738585072014e-308',
  },
  float32: {
    eps: '1.1920928955078125e-07',
    max: '3.4028234663852886e+38',
    min: '-3.4028234663852886e+38',
    tiny: '1.1754943508222875e-38',
    smallest_normal: '1.1754943508222875e-38',
  },
};

/** `np.finfo(np.float64).eps` as a constant tensor; null where the node is something else. */
export function finfoConstant(lifter: Lifter, node: SyntaxNode): Term | null {
  const call = node.kind === 'attribute' ? node.child('object') : null;
  if (call?.kind !== 'call' || lifter.analysis.resolve(call.child('function') ?? call) !== 'numpy.finfo') return null;
  const argument = call.child('arguments')?.items[0];
  const member = node.child('attribute')?.text ?? '';
  const dtype = argument ? viewOf(lifter, argument).dtype : null;
  if (dtype !== 'float64' && dtype !== 'float32')
    throw new Refused('unknown', node, 'the float type of np.finfo is not known');
  const number = floatInfo[dtype][member];
  if (number === undefined) throw new Refused('uncovered', node, `there is no rule for np.finfo(…).${member}`);
  const kept = lifter.mapped(dtype) ?? dtype;
  const shown = kept === dtype ? number : (floatInfo.float32[member] ?? number);
  lifter.note('TL170', 'safe', null, node);
  return { text: `${lifter.tf}.constant(${shown}, ${lifter.tf}.${kept})`, rep: 'tensor', dtype: kept, form: 'atom' };
}
