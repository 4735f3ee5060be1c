// What goes wrong inside tf.function: Python that runs once, at tracing, and values that are not there yet.
import type { SyntaxNode } from '../syntax/index.ts';
import type { Hazard, Site } from './types.ts';
import { brief, graphFunction, isTensor, named } from './conditions.ts';

/** Whether an argument of a call is a tensor, or may be one: parameters of the traced function come as tensors. */
function symbolic(site: Site, fn: SyntaxNode): SyntaxNode | null {
  for (const item of site.node.child('arguments')?.items ?? []) {
    const value = item.kind === 'keyword_argument' ? item.child('value') : item;
    if (!value) continue;
    if (isTensor(site.value(value))) return value;
    const binding = value.kind === 'identifier' ? site.analysis.bindingOf(value) : null;
    if (binding?.kind === 'parameter' && binding.scope.node === fn && site.value(value).kind === 'unknown')
      return value;
  }
  return null;
}

const graphFn = (site: Site): SyntaxNode | null => graphFunction(site);

export const graphHazards: readonly Hazard[] = [
  {
    id: 'TL501',
    name: 'numpy-in-graph',
    kind: 'graph',
    severity: 'warning',
    message: 'Inside `tf.function` the tensor `{x}` has no value yet: NumPy functions raise a NotImplementedError.',
    rows: ['116b', '121f', '121g'],
    numpy: 'np.sin(np.ones(2))',
    tensorflow: '@tf.function\ndef f(x):\n    return np.sin(x)\nresult = f(tf.ones(2))',
    calls: ['numpy.*'],
    when: site => {
      const fn = graphFn(site);
      const argument = fn && !site.name?.startsWith('numpy.random.') ? symbolic(site, fn) : null;
      return argument ? { words: { x: brief(argument) } } : false;
    },
  },
  {
    id: 'TL502',
    name: 'random-in-graph',
    kind: 'graph',
    severity: 'warning',
    message: 'This runs once, when the function is traced: every call gets the same numbers. Use `tf.random`.',
    rows: [113, '113b'],
    numpy: 'np.random.rand() != np.random.rand()',
    tensorflow: '@tf.function\ndef f():\n    return tf.constant(np.random.rand())\nresult = f() != f()',
    calls: ['numpy.random.*', 'random.*', 'time.*'],
    when: site => graphFn(site) !== null,
  },
  {
    id: 'TL503',
    name: 'print-in-graph',
    kind: 'graph',
    severity: 'info',
    message: '`print` runs once, when the function is traced, and shows no values. Use `tf.print`.',
    rows: ['114e', '126d'],
    numpy: 'said = []\ndef f():\n    said.append(1)\nf()\nf()\nresult = len(said)',
    tensorflow: 'said = []\n@tf.function\ndef f():\n    said.append(1)\nf()\nf()\nresult = len(said)',
    calls: ['builtins.print'],
    when: site => graphFn(site) !== null,
  },
  {
    id: 'TL504',
    name: 'numpy-method-in-graph',
    kind: 'graph',
    severity: 'warning',
    message: '`.numpy()` works on eager tensors only: inside `tf.function` it raises an AttributeError.',
    rows: [121],
    numpy: 'np.ones(2)',
    tensorflow: '@tf.function\ndef f(x):\n    return x.numpy()\nresult = f(tf.ones(2))',
    nodes: ['attribute'],
    when: site => {
      const holder = site.node.parent;
      if (site.node.child('attribute')?.text !== 'numpy' || holder?.kind !== 'call') return false;
      return graphFn(site) !== null;
    },
  },
  {
    id: 'TL505',
    name: 'python-number-in-graph',
    kind: 'graph',
    severity: 'warning',
    message: '`{f}` needs the value of the tensor `{x}`, which is not there while the function is traced.',
    rows: ['121b', '121e', '121i', '121j', '121k', '121l'],
    numpy: 'float(np.float64(2.5))',
    tensorflow: '@tf.function\ndef f(x):\n    return math.sqrt(x)\nresult = f(tf.constant(4.))',
    calls: [
      'math.*',
      'builtins.sum',
      'builtins.max',
      'builtins.min',
      'builtins.sorted',
      'builtins.any',
      'builtins.all',
      'builtins.float',
      'builtins.int',
    ],
    when: site => {
      const fn = graphFn(site);
      const argument = fn ? symbolic(site, fn) : null;
      return argument ? { words: { x: brief(argument), f: site.node.child('function')?.text ?? '' } } : false;
    },
  },
  {
    id: 'TL506',
    name: 'append-in-graph-loop',
    kind: 'graph',
    severity: 'warning',
    message:
      'In a loop over a tensor this runs once, while tracing: the list holds one symbolic element. Use a `tf.TensorArray`.',
    rows: [119],
    numpy: 'result = [i for i in range(3)]',
    tensorflow:
      '@tf.function\ndef f():\n    out = []\n    for i in tf.range(3):\n        out.append(i)\n    return tf.stack(out)\nresult = f()',
    calls: ['list.append'],
    when: site => {
      const fn = graphFn(site);
      const loop = site.node.above('for_statement', 'while_statement');
      if (!fn || !loop || !fn.contains(loop)) return false;
      const over = loop.child('right') ?? loop.child('condition');
      return !!over && (isTensor(site.value(over)) || site.analysis.resolve(over) === 'tensorflow.range');
    },
  },
  {
    id: 'TL507',
    name: 'state-in-graph',
    kind: 'graph',
    severity: 'warning',
    message:
      '`{x}` is set once, while the function is traced, to a symbolic tensor. Keep state in a `tf.Variable` and use `.assign`.',
    rows: [34, '126d', '126e'],
    numpy: 'result = 2',
    tensorflow: 'log = {}\n@tf.function\ndef f(x):\n    log["last"] = x\nf(tf.ones(1))\nresult = log["last"].numpy()',
    nodes: ['assignment', 'augmented_assignment'],
    when: site => {
      const target = site.node.child('left');
      if (!target || !graphFn(site)) return false;
      const isState = target.kind === 'attribute' && target.child('object')?.text === 'self';
      const binding = target.kind === 'identifier' ? site.analysis.bindingOf(target) : null;
      const global = binding?.scope.kind === 'module';
      return isState || global ? named(target, target) : false;
    },
  },
  {
    id: 'TL508',
    name: 'variable-in-graph',
    kind: 'graph',
    severity: 'warning',
    message: 'A variable made on every call is refused by `tf.function`: make it once, outside.',
    rows: [124],
    numpy: 'np.ones(2) + 1',
    tensorflow: '@tf.function\ndef f():\n    v = tf.Variable(1.)\n    return v + 1.\nresult = f()',
    calls: ['tensorflow.Variable'],
    when: site => graphFn(site) !== null,
  },
  {
    id: 'TL509',
    name: 'assert-in-graph',
    kind: 'graph',
    severity: 'info',
    message: 'Python’s `assert` needs the value of the tensor while tracing. Use `tf.debugging.Assert`.',
    rows: ['126g'],
    numpy: 'x = np.ones(1)\nassert x[0] > 0\nresult = x',
    tensorflow: '@tf.function\ndef f(x):\n    assert x[0] > 0\n    return x\nresult = f(tf.ones(1))',
    nodes: ['assert_statement'],
    when: site => {
      const condition = site.node.items[0];
      return !!graphFn(site) && !!condition && isTensor(site.value(condition));
    },
  },
  {
    id: 'TL510',
    name: 'function-in-loop',
    kind: 'graph',
    severity: 'warning',
    message: 'A `tf.function` made in a loop is traced anew every time, which is slow. Make it once, before the loop.',
    rows: ['123f'],
    numpy: 'traced = []\nresult = len(traced)',
    tensorflow:
      'traced = []\nfor i in range(3):\n    @tf.function\n    def f(x):\n        traced.append(1)\n        return x\n    f(tf.ones(1))\nresult = len(traced)',
    calls: ['tensorflow.function'],
    when: ({ node }) =>
      node.above('for_statement', 'while_statement', 'list_comprehension', 'function_definition')?.kind !==
        'function_definition' && node.above('for_statement', 'while_statement', 'list_comprehension') !== null,
  },
];
