// Hazards: the door of the room. All rows, and the walk that asks each of them where it applies.
import type { Finding } from '../../shared/findings.ts';
import { unwrap } from '../syntax/index.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import type { Analysis } from '../infer/types.ts';
import { dtypeHazards } from './dtypes.ts';
import { functionHazards } from './functions.ts';
import { graphHazards } from './graph.ts';
import { mutationHazards } from './mutation.ts';
import { orderingHazards } from './orderings.ts';
import { tapeHazards } from './tape.ts';
import { tensorHazards } from './tensors.ts';
import type { Hazard, Hit, Site } from './types.ts';

export type { Hazard } from './types.ts';

export const hazards: readonly Hazard[] = [
  ...dtypeHazards,
  ...mutationHazards,
  ...functionHazards,
  ...orderingHazards,
  ...tensorHazards,
  ...tapeHazards,
  ...graphHazards,
];

const byNode = new Map<string, Hazard[]>();
const byCall = new Map<string, Hazard[]>();
const byPrefix: { readonly prefix: string; readonly hazard: Hazard }[] = [];
for (const hazard of hazards) {
  for (const kind of hazard.nodes ?? []) byNode.set(kind, [...(byNode.get(kind) ?? []), hazard]);
  for (const name of hazard.calls ?? []) {
    if (name.endsWith('*')) byPrefix.push({ prefix: name.slice(0, -1), hazard });
    else byCall.set(name, [...(byCall.get(name) ?? []), hazard]);
  }
}

/** The hazards of a program, in the order of its text. */
export function hazardFindings(analysis: Analysis): readonly Finding[] {
  const findings: Finding[] = [];
  for (const node of analysis.program.nodes) {
    const forKind = byNode.get(node.kind);
    if (forKind)
      for (const hazard of forKind) report(hazard, siteOf(analysis, node, nameFor(analysis, node)), findings);
    if (node.kind !== 'call') continue;
    const name = analysis.resolve(node);
    if (!name) continue;
    const site = siteOf(analysis, node, name);
    for (const hazard of byCall.get(name) ?? []) report(hazard, site, findings);
    for (const { prefix, hazard } of byPrefix) if (name.startsWith(prefix)) report(hazard, site, findings);
  }
  return findings;
}

const nameFor = (analysis: Analysis, node: SyntaxNode): string | null =>
  node.kind === 'attribute' ? analysis.resolve(node) : null;

function report(hazard: Hazard, site: Site, findings: Finding[]): void {
  const found = hazard.when(site);
  if (!found) return;
  const hit: Hit = found === true ? {} : found;
  findings.push({
    rule: hazard.id,
    name: hazard.name,
    kind: hazard.kind,
    severity: hazard.severity,
    range: site.analysis.program.range(hit.at ?? site.node),
    message: hazard.message.replace(/\{(\w+)\}/g, (_, word: string) => hit.words?.[word] ?? word),
    fixes: [],
  });
}

function siteOf(analysis: Analysis, node: SyntaxNode, name: string | null): Site {
  const items = node.kind === 'call' ? (node.child('arguments')?.items ?? []) : [];
  const method = name?.startsWith('ndarray.') ? (node.child('function')?.child('object') ?? null) : null;
  const positional = items.filter(item => item.kind !== 'keyword_argument');
  return {
    analysis,
    node,
    name,
    arg(key, position) {
      const keyword = items.find(item => item.kind === 'keyword_argument' && item.child('name')?.text === key);
      if (keyword) return keyword.child('value');
      return position === undefined ? null : (positional[position] ?? null);
    },
    value: of => (of ? analysis.valueOf(unwrap(of)) : { kind: 'none' }),
    subject: method ?? positional[0] ?? items[0]?.child('value') ?? null,
  };
}
