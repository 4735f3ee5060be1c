// Names that a reader knows. The trace calls an array by the op that made it (`cast`, `variables[0]`); where the program gave it
// a name on that line, and where a parameter was updated under its name, that name is shown instead.
import type { RunResult, TraceNode } from '../../src/shared/trace.ts';

/** The run with such names in its graph and its gradients. */
export function withNames(run: RunResult): RunResult {
  const { nodes, edges } = run.graph;
  const onLine = new Map<number, { readonly name: string; readonly type: string }>();
  for (const { line, name, dtype, shape } of run.lines)
    if (/^[A-Za-z_]\w*$/.test(name)) onLine.set(line, { name, type: `${dtype}[${shape.join()}]` });
  const inputs = new Map<number, number[]>();
  for (const edge of edges)
    if (edge.kind === 'data') {
      const list = inputs.get(edge.to);
      if (list) list.push(edge.from);
      else inputs.set(edge.to, [edge.from]);
    }
  const byId = new Map(nodes.map(node => [node.id, node]));
  const differentiated = new Set(
    nodes.flatMap(node => (node.kind === 'gradient' && node.mirror !== null ? [node.mirror] : [])),
  );
  const names = new Map<number, string>();
  const isGradient = (id: number) => byId.get(id)?.kind === 'gradient';
  const usesGradient = (from: readonly number[]) => from.some(id => isGradient(id) || inputs.get(id)?.some(isGradient));
  for (const node of nodes) {
    if (node.lane !== 'forward' || node.kind === 'variable' || node.kind === 'input' || node.kind === 'result')
      continue;
    const from = inputs.get(node.id) ?? [];
    // What the program made of constants alone and gave a name.
    const source = node.group.length === 0 && from.every(id => byId.get(id)?.kind === 'constant');
    const said = node.range ? onLine.get(node.range.start.line) : undefined;
    if ((source || differentiated.has(node.id)) && said?.type === `${node.dtype}[${node.shape.join()}]`)
      names.set(node.id, said.name);
    else if (differentiated.has(node.id) || usesGradient(from)) {
      const before = from.find(id => names.has(id) && byId.get(id)?.shape.join() === node.shape.join());
      const name = before === undefined ? undefined : names.get(before);
      if (name !== undefined) names.set(node.id, name);
    }
  }
  // The last constant of a line has its name only where nothing was made of it on that line.
  for (const id of [...names.keys()]) {
    const node = byId.get(id);
    const later = edges.some(
      edge => edge.from === id && names.get(edge.to) === names.get(id) && sameLine(node, byId.get(edge.to)),
    );
    if (node?.kind === 'constant' && later) names.delete(id);
  }
  const gradients = nodes.filter(node => node.kind === 'gradient');
  const sourceName = (node: TraceNode): string | undefined =>
    node.mirror === null ? undefined : names.get(node.mirror);
  const paired = gradients.length === run.gradients.length;
  return {
    ...run,
    graph: {
      nodes: nodes.map(node => {
        const name = node.kind === 'gradient' ? sourceName(node) : names.get(node.id);
        const label = name === undefined ? node.label : node.kind === 'gradient' ? `∂${name}` : name;
        return label === node.label ? node : { ...node, label };
      }),
      edges,
    },
    gradients: run.gradients.map((gradient, at) => {
      const node = gradients[at];
      const name = paired && node?.label === `∂${gradient.source}` ? sourceName(node) : undefined;
      return name === undefined ? gradient : { ...gradient, source: name };
    }),
  };
}

const sameLine = (a: TraceNode | undefined, b: TraceNode | undefined): boolean =>
  a?.range?.start.line !== undefined && a.range.start.line === b?.range?.start.line;
