// Edges: data solid grey, gradient solid purple, saved for backward dotted and quiet, update dashed green, the seed thick.
import { mix, type Colors } from './colors.ts';
import type { Scene } from './scene.ts';
import type { PlacedEdge, Point } from './edges.ts';
import type { Ink } from './ink.ts';

interface LineStyle {
  readonly color: 'ink' | 'purple' | 'green';
  readonly dash: readonly number[];
  readonly width: number;
  readonly strength: number;
}

export const lineStyles: Readonly<Record<PlacedEdge['kind'], LineStyle>> = {
  data: { color: 'ink', dash: [], width: 1.2, strength: 0.5 },
  gradient: { color: 'purple', dash: [], width: 1.3, strength: 0.75 },
  saved: { color: 'ink', dash: [1.5, 3.5], width: 1.2, strength: 0.3 },
  update: { color: 'green', dash: [5, 3], width: 1.2, strength: 0.7 },
  seed: { color: 'purple', dash: [], width: 2.2, strength: 0.95 },
};

export function drawEdge(ink: Ink, scene: Scene, edge: PlacedEdge, lit: boolean, far: boolean): void {
  const { colors, marks, selected, hovered, matches } = scene;
  const style = lineStyles[edge.kind];
  const touched = hovered !== null && (edge.from.key === hovered || edge.to.key === hovered);
  let strength = style.strength + (colors.highContrast ? 0.35 : 0);
  let base: string = colors[style.color];
  if (lit && marks) {
    const end = marks.get(edge.to.key)?.side;
    const up = edge.to.key === selected || end === 'up' || end === 'in';
    const steps = Math.min(
      ...[edge.from.key, edge.to.key].map(key => (key === selected ? 0 : (marks.get(key)?.steps ?? 9))),
    );
    base = up ? colors.blue : colors.yellow;
    strength = (steps === 0 ? 1 : steps === 1 ? 0.85 : 0.62) * (edge.kind === 'saved' ? 0.75 : 1);
  } else if ((marks && !isInside(scene, edge)) || matches.size) strength *= 0.35;
  if (touched) strength = 1;
  const color = mix(colors.ground, base, Math.min(1, strength));
  const [first, second] = edge.points;
  if (edge.weld && first && second) {
    const y = Math.min(first[1], second[1]);
    ink.fillStyle = mix(colors.ground, base, lit || colors.highContrast ? 1 : 0.42);
    ink.fillRect(first[0] - 13, y, 26, Math.abs(second[1] - first[1]));
    return;
  }
  ink.strokeStyle = color;
  ink.lineWidth = lit || touched ? Math.max(1.7, style.width) : style.width;
  ink.setLineDash([...style.dash]);
  trace(ink, edge.points);
  ink.stroke();
  ink.setLineDash([]);
  if (edge.kind !== 'saved' && !far) arrow(ink, edge.points, color, lit ? 4.5 : 4);
}

/** Both ends belong to the selected group. */
const isInside = ({ marks }: Scene, { from, to }: PlacedEdge): boolean =>
  marks?.get(from.key)?.side === 'in' && marks.get(to.key)?.side === 'in';

function trace(ink: Ink, points: readonly Point[]): void {
  ink.beginPath();
  points.forEach((point, index) => {
    const next = points[index + 1];
    if (index === 0) ink.moveTo(point[0], point[1]);
    else if (next) {
      const before = points[index - 1] ?? point;
      const half = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]) / 2;
      ink.arcTo(point[0], point[1], next[0], next[1], Math.min(6, half(before, point), half(point, next)));
    } else ink.lineTo(point[0], point[1]);
  });
}

function arrow(ink: Ink, points: readonly Point[], color: string, length: number): void {
  const [tip, before] = [points.at(-1), points.at(-2)];
  if (!tip || !before || Math.hypot(tip[0] - before[0], tip[1] - before[1]) < 6) return;
  const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
  ink.fillStyle = color;
  ink.beginPath();
  ink.moveTo(tip[0], tip[1]);
  for (const side of [0.45, -0.45])
    ink.lineTo(tip[0] - length * 1.5 * Math.cos(angle + side), tip[1] - length * 1.5 * Math.sin(angle + side));
  ink.closePath();
  ink.fill();
}

/** The colours of the overview: what stands out keeps its own. */
export const overviewColor = (
  { marks, selected, matches, colors }: Scene,
  key: string,
  own: string,
  broken: boolean,
): string => {
  const c: Colors = colors;
  if (key === selected) return c.focus;
  if (broken) return c.red;
  if (matches.has(key)) return c.match;
  const mark = marks?.get(key);
  if (!mark || mark.side === 'in') return mix(c.ground, own, 0.5);
  return mix(c.ground, mark.side === 'up' ? c.blue : c.yellow, 0.8);
};
