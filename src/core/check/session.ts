// Code of the Session era and timing by `%timeit`: found also where the text is no valid Python because of them.
import type { Finding, Severity } from '../../shared/findings.ts';
import type { Magic, SyntaxNode } from '../syntax/index.ts';
import type { Analysis } from '../infer/types.ts';

export interface SessionRule {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly rows: readonly (number | string)[];
}

export const sessionRules = {
  timeitInside: {
    id: 'TL301',
    name: 'timeit-in-expression',
    severity: 'error',
    message:
      '`%timeit` is not an expression: this line is a syntax error in Python and in IPython. Measure with `time.perf_counter()`.',
    rows: [143],
  },
  timeitLine: {
    id: 'TL302',
    name: 'timeit-in-file',
    severity: 'error',
    message:
      '`%{name}` works in IPython only: in a Python file it is a syntax error. Measure with `time.perf_counter()`.',
    rows: ['143b'],
  },
  session: {
    id: 'TL303',
    name: 'session',
    severity: 'warning',
    message:
      'TensorFlow 2 runs operations when they are called: what was made before the Session is not in its graph, and `run` raises. Call a `tf.function` instead.',
    rows: [138, '138b', 139],
  },
  run: {
    id: 'TL304',
    name: 'session-run',
    severity: 'warning',
    message: '`run` needs a graph: eager tensors already hold their values.',
    rows: [138],
  },
  placeholder: {
    id: 'TL305',
    name: 'placeholder',
    severity: 'warning',
    message:
      'Placeholders exist in graphs only; with eager execution this raises a RuntimeError. Make it a parameter of a function.',
    rows: [141, '141b'],
  },
  initializer: {
    id: 'TL306',
    name: 'variables-initializer',
    severity: 'warning',
    message: 'Variables of TensorFlow 2 are initialized when they are made: this is not needed.',
    rows: [142, '142b'],
  },
  disableEager: {
    id: 'TL307',
    name: 'disable-eager',
    severity: 'warning',
    message:
      'This switches the whole program to graphs of TensorFlow 1: `.numpy()`, tapes and `tf.function` then behave otherwise.',
    rows: [140],
  },
  runEagerly: {
    id: 'TL308',
    name: 'run-functions-eagerly',
    severity: 'info',
    message: 'This concerns the bodies of `tf.function` only: it does not switch eager execution on or off.',
    rows: [],
  },
  sessionAfter: {
    id: 'TL309',
    name: 'session-after-with',
    severity: 'error',
    message: '`{name}` is closed at the end of its `with` block: using it here raises a RuntimeError.',
    rows: [138],
  },
} as const satisfies Record<string, SessionRule>;

/** Findings of Session-era code and of timing magics, without fixes. */
export function sessionFindings(analysis: Analysis): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (
    rule: SessionRule,
    at: { start: number; end: number },
    words: Readonly<Record<string, string>> = {},
  ): void => {
    findings.push({
      rule: rule.id,
      name: rule.name,
      kind: 'session',
      severity: rule.severity,
      range: analysis.program.range(at),
      message: rule.message.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? word),
      fixes: [],
    });
  };
  for (const magic of analysis.program.magics) timing(magic, analysis, add);
  for (const node of analysis.program.nodes) if (node.kind === 'call') sessionCall(node, analysis, add);
  return findings;
}

type Add = (rule: SessionRule, at: { start: number; end: number }, words?: Readonly<Record<string, string>>) => void;
const timers = new Set(['timeit', 'time', 'prun']);

function timing(magic: Magic, analysis: Analysis, add: Add): void {
  if (!timers.has(magic.name)) return;
  if (magic.place === 'inside') add(sessionRules.timeitInside, magic);
  else if (!analysis.program.isNotebook) add(sessionRules.timeitLine, magic, { name: magic.name });
}

function sessionCall(node: SyntaxNode, analysis: Analysis, add: Add): void {
  const name = analysis.resolve(node);
  const short = name?.startsWith('tensorflow.') ? name.slice('tensorflow.'.length).replace(/^compat\.v1\./, '') : null;
  switch (short) {
    case 'Session':
    case 'InteractiveSession':
      return add(sessionRules.session, node);
    case 'Session.run':
      return sessionRun(node, analysis, add);
    case 'placeholder':
      return add(sessionRules.placeholder, node);
    case 'global_variables_initializer':
    case 'initialize_all_variables':
    case 'local_variables_initializer':
      return add(sessionRules.initializer, node);
    case 'disable_eager_execution':
    case 'disable_v2_behavior':
      return add(sessionRules.disableEager, node);
    case 'config.run_functions_eagerly':
      return add(sessionRules.runEagerly, node);
  }
}

function sessionRun(node: SyntaxNode, analysis: Analysis, add: Add): void {
  const object = node.child('function')?.child('object');
  const definition = object ? analysis.bindingOf(object)?.definitions.findLast(d => d.start < node.start) : undefined;
  const block = definition?.above('as_pattern') ? definition.above('with_statement') : null;
  if (block && !block.contains(node)) add(sessionRules.sessionAfter, node, { name: object?.text ?? '' });
  else add(sessionRules.run, node);
}
