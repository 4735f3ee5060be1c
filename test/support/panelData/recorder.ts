// Writes a graph down node by node, as the kernel's recorder would.
import type { TraceEdge, TraceNode } from '../../../src/shared/trace.ts';

const widths: Readonly<Record<string, number>> = { float64: 8, int64: 8, float32: 4, int32: 4, bool: 1 };

/** Collects nodes and edges; ids are their places. */
export class Recorder {
  readonly nodes: TraceNode[] = [];
  readonly edges: TraceEdge[] = [];
  readonly #lines: readonly string[];

  /** `source`: what ranges are looked up in. */
  constructor(source = '') {
    this.#lines = source.split('\n');
  }

  add(
    label: string,
    part: Partial<TraceNode> & { readonly text?: string } = {},
    inputs: readonly number[] = [],
  ): number {
    const { text, ...rest } = part;
    const id = this.nodes.length;
    const dtype = rest.dtype ?? 'float32';
    const shape = rest.shape ?? [64, 10];
    const line = text === undefined ? -1 : this.#lines.findIndex(each => each.includes(text));
    const start = text === undefined ? 0 : (this.#lines[line] ?? '').indexOf(text);
    this.nodes.push({
      id,
      op: label,
      label,
      kind: 'op',
      lane: 'forward',
      dtype,
      shape,
      group: [],
      range:
        line < 0 ? null : { start: { line, character: start }, end: { line, character: start + (text?.length ?? 0) } },
      device: 'wasm',
      ms: null,
      bytes: shape.reduce((product, dim) => product * dim, 1) * (widths[dtype] ?? 4),
      kernel: null,
      mirror: null,
      nonFinite: 0,
      ...rest,
    });
    for (const from of inputs) this.edge(from, id, 'data');
    return id;
  }

  edge(from: number, to: number, kind: TraceEdge['kind']): void {
    this.edges.push({ from, to, kind });
  }
}
