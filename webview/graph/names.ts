// Names that a reader knows. The trace calls an array by the op that made it (`cast`, `variables[0]`); where the program gave it
// a name on that line, and where a parameter was updated under its name, that name is shown instead.
import type { GradientResult, RunResult, TraceNode } from '../../src/shared/trace.ts';

/** The run with such names in its graph and its gradients. */
export function withNames(run: RunResult): RunResult {
  const { nodes, edges } = run.graph;
  const said = namesOnLines(run);
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
    if (node.lane !== 'forward' || node.kind === 'input' || node.kind === 'result') continue;
    if (node.kind === 'variable') {
      // `variables[0]` is how it was asked for; where the program gave it a name, that name is shown.
      const name = isName(node.label) ? null : said(node);
      if (name !== null) names.set(node.id, name);
      continue;
    }
    const from = inputs.get(node.id) ?? [];
    // What the program made of constants alone and gave a name.
    const source = node.group.length === 0 && from.every(id => byId.get(id)?.kind === 'constant');
    const name = source || differentiated.has(node.id) ? said(node) : null;
    if (name !== null) names.set(node.id, name);
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
  const renamed = namesOfSources(run.gradients, gradients, sourceName);
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
      const name = renamed[at];
      return name === undefined ? gradient : { ...gradient, source: name };
    }),
  };
}

const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);

/** The one name that a line gave to a value of a node's type; null where it gave none, or several. */
function namesOnLines({ lines }: RunResult): (node: TraceNode) => string | null {
  const found = new Map<string, Set<string>>();
  for (const { line, name, dtype, shape } of lines) {
    if (!isName(name)) continue;
    const key = `${line} ${dtype}[${shape.join()}]`;
    const names = found.get(key);
    if (names) names.add(name);
    else found.set(key, new Set([name]));
  }
  return ({ range, dtype, shape }) => {
    const names = range ? found.get(`${range.start.line} ${dtype}[${shape.join()}]`) : undefined;
    return names?.size === 1 ? ([...names][0] ?? null) : null;
  };
}

const sourceKey = ({ line, target, source }: GradientResult): string => `${line} ${target} ${source}`;

/** The name of each gradient's source; in a loop, what one step knows holds for all where no step knows another. */
function namesOfSources(
  gradients: readonly GradientResult[],
  nodes: readonly TraceNode[],
  nameOf: (node: TraceNode) => string | undefined,
): readonly (string | undefined)[] {
  if (gradients.length !== nodes.length) return [];
  const own = gradients.map(({ source }, at) => {
    const node = nodes[at];
    return node?.label === `∂${source}` ? nameOf(node) : undefined;
  });
  const known = new Map<string, Set<string>>();
  gradients.forEach((gradient, at) => {
    const name = own[at];
    if (name === undefined) return;
    const key = sourceKey(gradient);
    known.set(key, (known.get(key) ?? new Set()).add(name));
  });
  return gradients.map((gradient, at) => {
    const names = known.get(sourceKey(gradient));
    return own[at] ?? (names?.size === 1 ? [...names][0] : undefined);
  });
}

const sameLine = (a: TraceNode | undefined, b: TraceNode | undefined): boolean =>
  a?.range?.start.line !== undefined && a.range.start.line === b?.range?.start.line;
