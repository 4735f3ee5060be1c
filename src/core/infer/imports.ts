// Imports: which library a name stands for.
import type { SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue } from './types.ts';
import type { Machine } from './machine.ts';
import { libraryAttribute, rootModule, starNames } from './library/names.ts';
import { bindTarget } from './targets.ts';
import { unknown } from './values.ts';

export function importNames(node: SyntaxNode, m: Machine): void {
  if (node.kind === 'import_statement') {
    for (const item of node.all('name')) {
      const alias = item.child('alias');
      const path = (item.child('name') ?? item).text.replace(/\s+/g, '');
      const first = item.kind === 'dotted_name' ? item.items[0] : null;
      const target = alias ?? first;
      if (target) bindTarget(target, moduleValue(alias ? path : (path.split('.')[0] ?? path)), m);
    }
    return;
  }
  const module = node.child('module_name')?.text.replace(/\s+/g, '') ?? '';
  const base = moduleValue(module);
  if (node.first('wildcard_import')) {
    for (const name of starNames(module)) m.bind(name, libraryAttribute(module, name) ?? unknown);
    return;
  }
  for (const item of node.all('name')) {
    const name = (item.child('name') ?? item).text;
    const target = item.child('alias') ?? item.items[0];
    const value = base.kind === 'module' ? (libraryAttribute(base.name, name) ?? unknown) : unknown;
    if (target) bindTarget(target, value, m);
  }
}

function moduleValue(path: string): AbstractValue {
  const name = rootModule(path);
  return name ? { kind: 'module', name } : unknown;
}
