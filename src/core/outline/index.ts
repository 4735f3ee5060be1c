// The outline of a program: its functions (for lenses) and its top-level statements with the names they define and need
// (for running one of them after what it depends on).
import type { Outline, OutlineFunction, OutlineStatement } from '../../shared/outline.ts';
import type { Analysis, FunctionInfo } from '../infer/types.ts';
import { statementOf, type SyntaxNode } from '../syntax/index.ts';

export function outline(analysis: Analysis): Outline {
  const { program } = analysis;
  const functions = analysis.functions
    .filter(({ node }) => node.kind === 'function_definition')
    .map(info => describe(info, analysis));
  return {
    functions,
    statements: statementsOf(analysis),
    relevant: /^[ \t]*(?:import|from)[ \t]+(?:numpy|tensorflow)\b|,[ \t]*(?:numpy|tensorflow)\b/m.test(
      program.source.text,
    ),
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

function statementsOf(analysis: Analysis): readonly OutlineStatement[] {
  const { program } = analysis;
  const nodes = program.root.items;
  const index = new Map(nodes.map((node, at) => [node.id, at]));
  const defines = nodes.map(() => new Set<string>());
  const needs = nodes.map(() => new Set<string>());
  const at = (node: SyntaxNode): number | undefined => {
    let top = node;
    while (top.parent && top.parent.kind !== 'module') top = top.parent;
    return index.get(top.id);
  };
  const module = analysis.scopes.find(scope => scope.kind === 'module');
  for (const binding of module?.bindings.values() ?? []) {
    for (const node of binding.definitions) defines[at(node) ?? -1]?.add(binding.name);
    for (const node of binding.uses) needs[at(node) ?? -1]?.add(binding.name);
  }
  // A change in place through a name counts as a definition of it: `x[0] = 1`, `x.sort()`, `f(x)` where f changes its argument.
  for (const mutation of analysis.mutations) {
    const root = rootName(mutation.target);
    const binding = root && analysis.bindingOf(root);
    if (binding && binding.scope === module) defines[at(statementOf(mutation.node)) ?? -1]?.add(binding.name);
  }
  return nodes.map((node, i) => ({
    range: program.range(node),
    defines: [...(defines[i] ?? [])],
    needs: [...(needs[i] ?? [])],
  }));
}

function rootName(node: SyntaxNode): SyntaxNode | null {
  let root: SyntaxNode | null = node;
  while (root && root.kind !== 'identifier')
    root = root.kind === 'subscript' ? root.child('value') : root.kind === 'attribute' ? root.child('object') : null;
  return root;
}
