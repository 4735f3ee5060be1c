// Which nodes stand at a place of the source.
import type { Position, Range } from '../../src/shared/positions.ts';
import type { TraceGraph, TraceNode } from '../../src/shared/trace.ts';

const before = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.character <= b.character);
const holds = ({ start, end }: Range, position: Position): boolean => before(start, position) && before(position, end);
const extent = ({ start, end }: Range): number => (end.line - start.line) * 10_000 + end.character - start.character;

/** The nodes of the smallest expression around a position; where there is none, those of its line. */
export function nodesAt(graph: TraceGraph, position: Position): readonly TraceNode[] {
  let [best, size]: [TraceNode[], number] = [[], Infinity];
  for (const node of graph.nodes) {
    if (!node.range || !holds(node.range, position)) continue;
    const extentOf = extent(node.range);
    if (extentOf < size) [best, size] = [[node], extentOf];
    else if (extentOf === size) best.push(node);
  }
  return best.length ? best : graph.nodes.filter(node => node.range?.start.line === position.line);
}
