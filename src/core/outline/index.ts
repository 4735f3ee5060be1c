// The outline of a program: its functions (for lenses) and its top-level statements with the names they define and need
// (for running one of them after what it depends on).
import type { Outline, OutlineFunction } from '../../shared/outline.ts';
import type { Analysis, FunctionInfo } from '../infer/types.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { statementsOf } from './flow.ts';

export function outline(analysis: Analysis): Outline {
  const { program } = analysis;
  const functions = analysis.functions
    .filter(({ node }) => node.kind === 'function_definition')
    .map(info => describe(info, analysis));
  return {
    functions,
    statements: statementsOf(analysis),
    relevant: importsLibrary(program.nodes),
  };
}

function describe(info: FunctionInfo, analysis: Analysis): OutlineFunction {
  const { program } = analysis;
  const { node } = info;
  const whole = node.parent?.kind === 'decorated_definition' ? node.parent : node;
  const around = node.above('function_definition', 'class_definition');
  const kind = around === null ? 'function' : around.kind === 'class_definition' ? 'method' : 'nested';
  return {
    name: info.name,
    range: program.range(whole),
    nameRange: program.range(node.child('name') ?? node),
    parameters: info.parameters,
    kind,
    call: kind === 'function' ? lastCall(node, analysis) : null,
    library: libraryOf(node, analysis),
  };
}

/** The last call that a top-level statement makes with values of the module: it can be repeated as it stands. */
function lastCall(definition: SyntaxNode, analysis: Analysis): OutlineFunction['call'] {
  const name = definition.child('name');
  const binding = name && analysis.bindingOf(name);
  if (!binding) return null;
  const calls = binding.uses
    .map(use => use.parent)
    .filter(
      (call): call is SyntaxNode =>
        call?.kind === 'call' && call.above('function_definition', 'lambda', 'class_definition') === null,
    );
  const last = calls.at(-1);
  return last ? { text: last.text, range: analysis.program.range(last) } : null;
}

function libraryOf(node: SyntaxNode, analysis: Analysis): OutlineFunction['library'] {
  const found = { numpy: false, tensorflow: false };
  for (const each of node.walk()) {
    if (each.kind !== 'call' && each.kind !== 'attribute' && each.kind !== 'binary_operator') continue;
    const name = analysis.resolve(each) ?? '';
    const kind = analysis.valueOf(each).kind;
    if (kind === 'array' || /^(numpy|ndarray)\./.test(name)) found.numpy = true;
    if (kind === 'tensor' || /^(tensorflow|tensor)\./.test(name)) found.tensorflow = true;
  }
  if (found.numpy && found.tensorflow) return 'both';
  return found.numpy ? 'numpy' : found.tensorflow ? 'tensorflow' : 'none';
}

const imports: readonly string[] = ['import_statement', 'import_from_statement'];

function importsLibrary(nodes: readonly SyntaxNode[]): boolean {
  return nodes.some(
    node =>
      imports.includes(node.kind) &&
      (node.kind === 'import_from_statement' ? node.all('module_name') : node.all('name'))
        .map(name => (name.kind === 'aliased_import' ? (name.child('name') ?? name) : name))
        .some(name => /^(?:numpy|tensorflow)(?:\.|$)/.test(name.text)),
  );
}
