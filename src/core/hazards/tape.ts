// What breaks a gradient: values that leave the tape, inputs it does not watch, tapes that are used up.
import { unwrap } from '../syntax/index.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import type { Hazard, Site } from './types.ts';
import { brief, integral, isTensor, named, tapeAround, tensorArgument } from './conditions.ts';

/** The name after `as` of the tape that a call like `tape.gradient` uses. */
function tapeName(node: SyntaxNode): string | null {
  const object = node.child('function')?.child('object');
  return object?.kind === 'identifier' ? object.text : null;
}

function sourcesOf(site: Site): readonly SyntaxNode[] {
  const sources = site.arg('sources', 1);
  if (!sources) return [];
  const inner = unwrap(sources);
  return ['list', 'tuple'].includes(inner.kind) ? inner.items : [inner];
}

const opened = (site: Site): SyntaxNode | null => {
  const definition = site.analysis.bindingOf(site.node.child('function')?.child('object') ?? site.node)?.definitions[0];
  return definition?.above('with_statement') ?? null;
};

export const tapeHazards: readonly Hazard[] = [
  {
    id: 'TL401',
    name: 'numpy-on-tape',
    kind: 'tape',
    severity: 'warning',
    message: 'The tape sees TensorFlow operations only: the gradient through this NumPy call of `{x}` is None.',
    rows: [127, '127b'],
    numpy: 'np.cos(1.)',
    tensorflow:
      'x = tf.constant(1.)\nwith tf.GradientTape() as t:\n    t.watch(x)\n    y = tf.constant(np.sin(x))\nresult = t.gradient(y, x)',
    calls: ['numpy.*'],
    when: site => {
      const argument = tapeAround(site) ? tensorArgument(site) : null;
      return argument ? { words: { x: brief(argument) } } : false;
    },
  },
  {
    id: 'TL402',
    name: 'value-leaves-tape',
    kind: 'tape',
    severity: 'warning',
    message: '`{x}` turns the tensor into a plain number or array: the gradient stops here.',
    rows: ['127c', '127d', '127e'],
    numpy: '2 * 3.',
    tensorflow:
      'x = tf.Variable(3.)\nwith tf.GradientTape() as t:\n    y = tf.constant(x.numpy() ** 2)\nresult = t.gradient(y, x)',
    calls: ['tensorflow.Tensor.numpy', 'tensorflow.Variable.numpy', 'builtins.float', 'builtins.int', 'math.*'],
    when: site => {
      if (!tapeAround(site)) return false;
      const callee = site.node.child('function');
      const method = site.name?.endsWith('.numpy') ?? false;
      return callee && (method || tensorArgument(site)) ? named(callee) : false;
    },
  },
  {
    id: 'TL403',
    name: 'integer-gradient',
    kind: 'tape',
    severity: 'warning',
    message: '`{x}` has an integer dtype: its gradient is None. Use a float.',
    rows: [128, '129c'],
    numpy: '2 * 3',
    tensorflow: 'x = tf.Variable(3)\nwith tf.GradientTape() as t:\n    y = x * x\nresult = t.gradient(y, x)',
    calls: ['tensorflow.GradientTape.gradient', 'tensorflow.GradientTape.watch'],
    when: site => {
      const nodes = site.name?.endsWith('watch') ? [site.arg('tensor', 0)] : sourcesOf(site);
      const found = nodes.find(node => node && isTensor(site.value(node)) && integral(site.value(node)));
      return found ? named(found, found) : false;
    },
  },
  {
    id: 'TL404',
    name: 'constant-not-watched',
    kind: 'tape',
    severity: 'warning',
    message:
      '`{x}` is a tensor that the tape does not watch: its gradient is None. Call `{tape}.watch({x})`, or make it a `tf.Variable`.',
    rows: [129],
    numpy: '2 * 3.',
    tensorflow: 'x = tf.constant(3.)\nwith tf.GradientTape() as t:\n    y = x * x\nresult = t.gradient(y, x)',
    calls: ['tensorflow.GradientTape.gradient'],
    when: site => {
      const tape = tapeName(site.node);
      const block = opened(site);
      if (!tape || !block) return false;
      const watched = new Set<string>();
      for (const node of block.walk()) {
        const watch = node.kind === 'call' && node.child('function')?.text === `${tape}.watch`;
        if (watch) for (const inner of node.child('arguments')?.walk() ?? []) watched.add(inner.text);
      }
      const found = sourcesOf(site).find(node => {
        const value = site.value(node);
        return (
          node.kind === 'identifier' &&
          value.kind === 'tensor' &&
          !value.variable &&
          !watched.has(node.text) &&
          !computedIn(site, node, block)
        );
      });
      return found ? { at: found, words: { x: brief(found), tape } } : false;
    },
  },
  {
    id: 'TL405',
    name: 'tape-used-twice',
    kind: 'tape',
    severity: 'error',
    message:
      'This tape is used up by its first gradient: a second one raises a RuntimeError. Open it with `persistent=True`.',
    rows: [136],
    numpy: '(2 * 3., 1.)',
    tensorflow:
      'x = tf.Variable(3.)\nwith tf.GradientTape() as t:\n    y = x * x\nt.gradient(y, x)\nresult = t.gradient(y, x)',
    calls: ['tensorflow.GradientTape.gradient'],
    when: site => {
      const object = site.node.child('function')?.child('object');
      const binding = object ? site.analysis.bindingOf(object) : null;
      const block = opened(site);
      if (!object || !binding || !block || binding.definitions.length !== 1) return false;
      if (block.first('with_clause')?.text.includes('persistent')) return false;
      const earlier = binding.uses.filter(
        use => use.start < object.start && isGradient(use) && sameBranch(use, object),
      );
      return earlier.length > 0;
    },
  },
  {
    id: 'TL406',
    name: 'assign-on-tape',
    kind: 'tape',
    severity: 'info',
    message:
      'The tape does not follow what is assigned to a variable: the gradient of later values does not go through it.',
    rows: [135, '135b'],
    numpy: '6.',
    tensorflow:
      'x = tf.Variable(1.)\nv = tf.Variable(0.)\nwith tf.GradientTape() as t:\n    v.assign(2. * x)\n    y = 3. * v\nresult = t.gradient(y, x)',
    calls: ['tensorflow.Variable.assign', 'tensorflow.Variable.assign_add', 'tensorflow.Variable.assign_sub'],
    when: site => tapeAround(site) !== null,
  },
];

const isGradient = (use: SyntaxNode): boolean =>
  use.parent?.kind === 'attribute' &&
  use.parent.child('attribute')?.text === 'gradient' &&
  use.parent.parent?.kind === 'call';

/** Both stand in the same block, or the first around the second: it has run when the second does. */
function sameBranch(first: SyntaxNode, second: SyntaxNode): boolean {
  const block = first.above('block', 'module');
  return !!block && block.contains(second);
}

/** Whether a name gets its value inside the tape's block: then it is a result, which the tape knows. */
function computedIn(site: Site, node: SyntaxNode, block: SyntaxNode): boolean {
  const body = block.child('body');
  return site.analysis.bindingOf(node)?.definitions.some(definition => body?.contains(definition)) ?? true;
}
