// Hazards of mutation: tensors can't be written, and writes that are seen through other names are lost.
import { unwrap } from '../syntax/index.ts';
import type { Binding } from '../infer/types.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import type { Hazard, Site } from './types.ts';
import { boolean, brief, dtypeOf, floating, integral, isArray, named } from './conditions.ts';

const stores = ['assignment', 'augmented_assignment'];

/** The subscript that a statement writes to, when what it writes is an array. */
function storeOf({ node, value }: Site): { readonly target: SyntaxNode; readonly base: SyntaxNode } | null {
  const target = node.child('left');
  const base = target?.kind === 'subscript' ? target.child('value') : null;
  return target && base && isArray(value(base)) ? { target, base } : null;
}
/** Whether a name can have a value where a node stands: bound above it, in one loop with it, or in another function. */
function isBoundAt(binding: Binding, node: SyntaxNode): boolean {
  const loop = node.above('for_statement', 'while_statement');
  return binding.definitions.some(
    found =>
      found.start < node.start ||
      loop?.contains(found) === true ||
      found.above('function_definition') !== node.above('function_definition'),
  );
}
const subscripts = (target: SyntaxNode): readonly SyntaxNode[] => target.all('subscript');

export const mutationHazards: readonly Hazard[] = [
  {
    id: 'TL220',
    name: 'subscript-store',
    kind: 'hazard',
    severity: 'info',
    message:
      'Tensors can’t be written to: `{x}[…] = …` raises. Use `tf.tensor_scatter_nd_update`, `tf.where` or a `tf.Variable`.',
    rows: [22, 23, 24],
    numpy: 'x = np.zeros(3)\nx[1] = 9.\nresult = x',
    tensorflow: 'x = tf.zeros(3)\nx[1] = 9.\nresult = x',
    nodes: stores,
    when: site => {
      const store = storeOf(site);
      if (!store || subscripts(store.target).some(item => boolean(site.value(item)))) return false;
      return named(store.base, store.target);
    },
  },
  {
    id: 'TL221',
    name: 'mask-store',
    kind: 'hazard',
    severity: 'info',
    message: 'A store under a mask has no form for tensors: `tf.where` chooses between the old and the new values.',
    rows: [25, '25c', '25d', '25e', 26],
    numpy: 'x = np.array([1., -2.])\nx[x < 0] = 0.\nresult = x',
    tensorflow: 'x = tf.constant([1., -2.])\nx[x < 0] = 0.\nresult = x',
    nodes: stores,
    when: site => {
      const store = storeOf(site);
      const mask = store && subscripts(store.target).some(item => boolean(site.value(item)));
      return mask ? named(store.base, store.target) : false;
    },
  },
  {
    id: 'TL222',
    name: 'repeated-indices',
    kind: 'hazard',
    severity: 'warning',
    message: 'Where an index repeats, NumPy applies `{x}` once; `tf.tensor_scatter_nd_add` adds every time.',
    rows: [27],
    numpy: 'x = np.zeros(2)\nx[[0, 0]] += 1\nresult = x',
    tensorflow: 'result = tf.tensor_scatter_nd_add(tf.zeros(2), [[0], [0]], [1., 1.])',
    nodes: ['augmented_assignment'],
    when: site => {
      const store = storeOf(site);
      const fancy = store && subscripts(store.target).some(item => isIndexArray(site, item));
      return fancy ? { at: store.target, words: { x: site.node.child('operator')?.text ?? '' } } : false;
    },
  },
  {
    id: 'TL223',
    name: 'write-through-view',
    kind: 'hazard',
    severity: 'warning',
    message:
      '`{x}` may be a view: this write is also seen in {y}. A tensor is a copy, so the other name would keep its old values.',
    rows: [29, '29b', '29d', '29f'],
    numpy: 'x = np.zeros((2, 2))\ny = x[0]\ny += 1\nresult = x',
    tensorflow: 'x = tf.zeros((2, 2))\ny = x[0]\ny += 1\nresult = x',
    nodes: stores,
    when: site => {
      const written = writtenName(site);
      if (!written) return false;
      const { names, view } = site.analysis.aliasesOf(written);
      const others = names.filter(other => other.kind !== 'parameter' && isBoundAt(other, written));
      if (!view || others.length === 0) return false;
      return { at: written, words: { x: brief(written), y: others.map(other => `\`${other.name}\``).join(', ') } };
    },
  },
  {
    id: 'TL224',
    name: 'argument-changed-in-place',
    kind: 'hazard',
    severity: 'warning',
    message:
      'This changes the caller’s array through the argument `{x}`; with tensors the caller sees nothing of it. Return the new value.',
    rows: [30],
    numpy: 'def f(a):\n    a += 1\nx = np.zeros(2)\nf(x)\nresult = x',
    tensorflow: 'def f(a):\n    a += 1\nx = tf.zeros(2)\nf(x)\nresult = x',
    nodes: stores,
    when: site => {
      const written = writtenName(site);
      const binding = written ? site.analysis.bindingOf(written) : null;
      if (
        !written ||
        binding?.kind !== 'parameter' ||
        binding.definitions.length > (site.node.kind === 'augmented_assignment' ? 2 : 1)
      )
        return false;
      const fn = site.analysis.functionOf(binding.scope.node);
      return fn?.mutates.includes(binding.name) && binding.name !== 'self' ? named(written, written) : false;
    },
  },
  {
    id: 'TL225',
    name: 'augmented-alias',
    kind: 'hazard',
    severity: 'warning',
    message: '`{x}` and {y} are one array: the in-place operator changes both in NumPy, only `{x}` with tensors.',
    rows: [31, '31b'],
    numpy: 'a = np.zeros(2)\nb = a\nb += 1\nresult = a',
    tensorflow: 'a = tf.zeros(2)\nb = a\nb += 1\nresult = a',
    nodes: ['augmented_assignment'],
    when: site => {
      const left = site.node.child('left');
      if (left?.kind !== 'identifier' || !isArray(site.value(left))) return false;
      const { names, view } = site.analysis.aliasesOf(left);
      const scope = site.analysis.bindingOf(left)?.scope;
      const others = names.filter(other => other.scope === scope && isBoundAt(other, left));
      if (view || others.length === 0) return false;
      return { at: left, words: { x: brief(left), y: others.map(other => `\`${other.name}\``).join(', ') } };
    },
  },
  {
    id: 'TL226',
    name: 'out-argument',
    kind: 'hazard',
    severity: 'info',
    message: 'TensorFlow has no `out=`: results are always new tensors.',
    rows: [32, '32b'],
    numpy: 'c = np.zeros(2)\nnp.add([1., 2.], 1., out=c)\nresult = c',
    tensorflow: 'c = tf.zeros(2)\ntf.add([1., 2.], 1., out=c)\nresult = c',
    calls: ['numpy.*', 'ndarray.*'],
    when: ({ arg, node }) => {
      const out = arg('out');
      const keyword = node.child('arguments')?.items.find(item => item.child('value') === out);
      return out && out.kind !== 'none' && keyword ? { at: keyword } : false;
    },
  },
  {
    id: 'TL227',
    name: 'in-place-method',
    kind: 'hazard',
    severity: 'info',
    message: '`{x}` changes the array in place and returns None; tensors have no such method.',
    rows: [33, '33g', '33h'],
    numpy: 'x = np.array([3., 1.])\nx.sort()\nresult = x',
    tensorflow: 'x = tf.constant([3., 1.])\nx.sort()\nresult = x',
    calls: [
      'ndarray.sort',
      'ndarray.fill',
      'numpy.random.shuffle',
      'numpy.random.Generator.shuffle',
      'numpy.fill_diagonal',
      'numpy.put',
      'numpy.copyto',
    ],
    when: ({ node }) => named(node.child('function') ?? node),
  },
  {
    id: 'TL228',
    name: 'array-as-default',
    kind: 'hazard',
    severity: 'warning',
    message:
      'The default of `{x}` is one array for all calls, and this function changes it: its contents last from call to call.',
    rows: ['31d'],
    numpy: 'def f(a=np.zeros(2)):\n    a += 1\n    return a\nf()\nresult = f()',
    tensorflow: 'def f(a=tf.zeros(2)):\n    a += 1\n    return a\nf()\nresult = f()',
    nodes: ['default_parameter'],
    when: ({ node, analysis, value }) => {
      const name = node.child('name');
      const fn = node.above('function_definition', 'lambda');
      const info = fn ? analysis.functionOf(fn) : null;
      return name && isArray(value(node.child('value'))) && info?.mutates.includes(name.text) ? named(name) : false;
    },
  },
  {
    id: 'TL229',
    name: 'sequential-loop',
    kind: 'hazard',
    severity: 'warning',
    message:
      'Each round reads what an earlier one wrote into `{x}`: replacing the loop by one operation on slices changes the result.',
    rows: [35, '35b'],
    numpy: 'x = np.array([1., 1., 1.])\nfor i in range(1, 3):\n    x[i] = x[i] + x[i - 1]\nresult = x',
    tensorflow: 'x = tf.constant([1., 1., 1.])\nresult = tf.concat([x[:1], x[1:] + x[:-1]], 0)',
    nodes: stores,
    when: site => {
      const store = storeOf(site);
      const index = store ? subscripts(store.target)[0] : null;
      const right = site.node.child('right');
      const loop = site.node.above('for_statement');
      if (!store || !right || index?.kind !== 'identifier' || loop?.child('left')?.text !== index.text) return false;
      const earlier = [...right.walk()].some(
        node =>
          node.kind === 'subscript' &&
          node.child('value')?.text === store.base.text &&
          node.child('subscript')?.kind === 'binary_operator' &&
          node.child('subscript')?.child('left')?.text === index.text,
      );
      return earlier ? named(store.base, store.target) : false;
    },
  },
  {
    id: 'TL230',
    name: 'store-truncates',
    kind: 'hazard',
    severity: 'warning',
    message: '`{x}` holds integers: NumPy cuts the fraction off when a float is stored; TensorFlow raises an error.',
    rows: ['22b', '25g'],
    numpy: 'x = np.zeros(2, int)\nx[0] = 1.7\nresult = x',
    tensorflow: 'result = tf.tensor_scatter_nd_update(tf.zeros(2, tf.int64), [[0]], [1.7])',
    nodes: ['assignment'],
    when: site => {
      const store = storeOf(site);
      const right = site.node.child('right');
      if (!store || !right || !integral(site.value(store.base))) return false;
      const stored = site.value(right);
      return floating(stored) || stored.kind === 'float' ? named(store.base, store.target) : false;
    },
  },
];

function isIndexArray(site: Site, item: SyntaxNode): boolean {
  const value = site.value(item);
  if (value.kind === 'array') return dtypeOf(value) !== 'bool' && value.shape?.length !== 0;
  return value.kind === 'list';
}

/** The name whose array a statement writes into: `x` in `x[…] = v` and in `x += v`. */
function writtenName(site: Site): SyntaxNode | null {
  const left = site.node.child('left');
  if (!left) return null;
  const base =
    left.kind === 'subscript' ? left.child('value') : site.node.kind === 'augmented_assignment' ? left : null;
  const name = base ? unwrap(base) : null;
  return name?.kind === 'identifier' && ['array', 'unknown'].includes(site.value(name).kind) ? name : null;
}
