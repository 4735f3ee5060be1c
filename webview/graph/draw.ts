// Paints a layout on a canvas: only what the viewport shows. Shape says what a node is, colour only repeats it.
import type { TraceNode } from '../../src/shared/trace.ts';
import { numberText, timeText, typeText } from '../ui/format.ts';
import type { Colors } from './colors.ts';
import { size, type Box, type Layout, type PlacedEdge, type PlacedGroup, type PlacedNode } from './layout.ts';
import type { Reach } from './reach.ts';

export type Overlay = 'none' | 'time' | 'memory' | 'gradient' | 'dtype' | 'device';

export interface Scene {
  readonly layout: Layout;
  readonly colors: Colors;
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly selected: number | null;
  readonly reach: Reach | null;
  readonly hovered: number | null;
  readonly matches: ReadonlySet<number>;
  readonly overlay: Overlay;
}

const fonts = {
  name: '12px system-ui, sans-serif',
  type: '11px ui-monospace, monospace',
  head: '600 12px system-ui, sans-serif',
  note: '11px system-ui, sans-serif',
};

const contractions = new Set(['MatMul', 'dot', 'BatchMatMulV2', 'Tensordot', 'matmul', 'tensordot', 'Einsum']);
const reductions = /^(∂?)(sum|prod|mean|max|min|reduce|arg|std|norm|all|any|Sum|Prod|Mean|Max|Min|ArgM|All|Any)/;

export function paint(context: CanvasRenderingContext2D, scene: Scene): void {
  const { colors, layout, scale } = scene;
  const ratio = window.devicePixelRatio || 1;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colors.ground;
  context.fillRect(0, 0, scene.width, scene.height);
  context.translate(scene.x, scene.y);
  context.scale(scale, scale);
  const view: Box = { x: -scene.x / scale, y: -scene.y / scale, w: scene.width / scale, h: scene.height / scale };
  const visible = (box: Box) =>
    box.x < view.x + view.w && box.x + box.w > view.x && box.y < view.y + view.h && box.y + box.h > view.y;
  for (const column of layout.columns) {
    context.font = fonts.note;
    context.fillStyle = column.title.includes('Backward') ? colors.purple : colors.quiet;
    context.textAlign = 'center';
    context.fillText(column.title, column.x + column.w / 2, 22);
  }
  context.textAlign = 'left';
  const groups = [...layout.groups].sort((a, b) => b.w - a.w || b.h - a.h).filter(visible);
  for (const group of groups) groupBox(context, scene, group);
  for (const edge of layout.edges) edgeLine(context, scene, edge, view);
  for (const group of groups) groupHead(context, scene, group);
  for (const [upper, lower] of layout.welds) {
    context.fillStyle = tint(scene, upper.node.id) ?? colors.quiet;
    context.fillRect(upper.x + upper.w / 2 - 14, upper.y + upper.h, 28, lower.y - upper.y - upper.h);
  }
  const most = overlayRange(scene);
  for (const placed of layout.nodes) if (visible(placed)) nodeBox(context, scene, placed, most);
}

/** The colour by position relative to the selection, or null. */
function tint({ selected, reach, colors }: Scene, id: number): string | null {
  if (selected === null || !reach) return null;
  if (id === selected) return colors.focus;
  return reach.upstream.has(id) ? colors.blue : reach.downstream.has(id) ? colors.yellow : null;
}

const faded = (scene: Scene, id: number): boolean =>
  scene.selected !== null && scene.reach !== null && tint(scene, id) === null;

function nodeColor(node: TraceNode, colors: Colors): string {
  if (node.nonFinite > 0) return colors.red;
  if (node.kind === 'gradient' || node.lane === 'backward') return colors.purple;
  if (node.kind === 'variable' || node.kind === 'update') return colors.green;
  return colors.quiet;
}

function nodeBox(context: CanvasRenderingContext2D, scene: Scene, placed: PlacedNode, most: number): void {
  const { colors } = scene;
  const { node, x, y, w, h: height } = placed;
  const pill = node.kind !== 'op' && node.kind !== 'result';
  context.globalAlpha = faded(scene, node.id) ? 0.4 : 1;
  context.beginPath();
  context.roundRect(x, y, w, height, pill ? height / 2 : 4);
  context.fillStyle = colors.highContrast ? colors.ground : colors.panel;
  context.fill();
  const value = overlayValue(node, scene.overlay);
  if (value !== null && most > 0) {
    context.save();
    context.clip();
    context.fillStyle = colors.blue;
    context.globalAlpha *= 0.25;
    context.fillRect(x, y, w * (value / most), height);
    context.globalAlpha = faded(scene, node.id) ? 0.4 : 1;
    context.fillRect(x, y + height - 3, w * (value / most), 3);
    context.restore();
  }
  context.lineWidth = node.id === scene.selected || node.id === scene.hovered ? 2 : 1;
  context.strokeStyle = scene.matches.has(node.id) ? colors.yellow : (tint(scene, node.id) ?? nodeColor(node, colors));
  context.setLineDash(node.kind === 'constant' ? [4, 3] : []);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = faded(scene, node.id) ? 0.6 : 1;
  glyph(context, node, x + 8, y + height / 2, nodeColor(node, colors));
  context.font = fonts.type;
  const type =
    node.nonFinite > 0 ? 'not finite' : (overlayText(node, scene.overlay) ?? typeText(node.dtype, node.shape));
  const wide = Math.min(context.measureText(type).width, w * 0.55);
  context.fillStyle = node.nonFinite > 0 ? colors.red : colors.quiet;
  context.textAlign = 'right';
  context.fillText(clipped(context, type, w * 0.55), x + w - 9, y + height / 2 + 4);
  context.textAlign = 'left';
  context.font = fonts.name;
  context.fillStyle = colors.ink;
  context.fillText(clipped(context, node.label, w - wide - 44), x + 24, y + height / 2 + 4);
  context.globalAlpha = 1;
}

/** Grid = contraction, wave = elementwise, funnel = reduction, cylinder = variable, ring = result, triangle = gradient or input. */
function glyph(context: CanvasRenderingContext2D, node: TraceNode, x: number, y: number, color: string): void {
  context.strokeStyle = color;
  context.lineWidth = 1.2;
  context.beginPath();
  const op = node.label.replace(/^∂/, '');
  if (node.kind === 'result') context.arc(x + 5, y, 4, 0, 2 * Math.PI);
  else if (node.kind === 'variable' || node.kind === 'update') {
    context.ellipse(x + 5, y - 3, 4, 1.8, 0, 0, 2 * Math.PI);
    context.moveTo(x + 1, y - 3);
    context.lineTo(x + 1, y + 3);
    context.ellipse(x + 5, y + 3, 4, 1.8, 0, Math.PI, 0, true);
    context.lineTo(x + 9, y - 3);
  } else if (node.kind !== 'op') {
    context.moveTo(x + 1, y + 4);
    context.lineTo(x + 5, y - 4);
    context.lineTo(x + 9, y + 4);
    context.closePath();
  } else if (contractions.has(op) || contractions.has(node.op)) {
    context.rect(x + 1, y - 4, 8, 8);
    context.moveTo(x + 5, y - 4);
    context.lineTo(x + 5, y + 4);
    context.moveTo(x + 1, y);
    context.lineTo(x + 9, y);
  } else if (reductions.test(node.op)) {
    context.moveTo(x + 1, y - 4);
    context.lineTo(x + 9, y - 4);
    context.lineTo(x + 5, y + 4);
    context.closePath();
  } else {
    context.moveTo(x + 1, y);
    context.bezierCurveTo(x + 3, y - 5, x + 4, y - 5, x + 5, y);
    context.bezierCurveTo(x + 6, y + 5, x + 7, y + 5, x + 9, y);
  }
  context.stroke();
}

function groupBox(context: CanvasRenderingContext2D, { colors }: Scene, group: PlacedGroup): void {
  context.beginPath();
  context.roundRect(group.x, group.y, group.w, group.h, 6);
  context.fillStyle = colors.panel;
  context.globalAlpha = colors.highContrast ? 0 : 0.45;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 1;
  context.strokeStyle = colors.line;
  context.stroke();
  if (group.closed) {
    context.beginPath();
    context.roundRect(group.x + 3, group.y + 3, group.w - 6, group.h - 6, 4);
    context.stroke();
  }
}

function groupHead(context: CanvasRenderingContext2D, { colors }: Scene, group: PlacedGroup): void {
  const name = `${group.closed ? '▸' : '▾'} ${group.lane === 'backward' ? '∂ ' : ''}${group.name}`;
  context.font = fonts.head;
  const y = group.y + 17;
  context.fillStyle = colors.panel;
  context.fillRect(group.x + 7, y - 12, Math.min(group.w - 60, context.measureText(name).width + 4), 15);
  context.fillStyle = colors.ink;
  context.fillText(clipped(context, name, group.w - 60), group.x + 9, y);
  context.font = fonts.note;
  context.fillStyle = colors.quiet;
  context.textAlign = 'right';
  context.fillText(`${group.count} ops`, group.x + group.w - 9, y);
  context.textAlign = 'left';
}

const edgeStyles: Readonly<
  Record<
    PlacedEdge['edge']['kind'],
    { readonly color: keyof Colors; readonly dash: readonly number[]; readonly width: number }
  >
> = {
  data: { color: 'quiet', dash: [], width: 1 },
  gradient: { color: 'purple', dash: [], width: 1.3 },
  saved: { color: 'quiet', dash: [1, 4], width: 1.2 },
  update: { color: 'green', dash: [5, 4], width: 1 },
  seed: { color: 'purple', dash: [], width: 3 },
};

function edgeLine(context: CanvasRenderingContext2D, scene: Scene, { edge, points }: PlacedEdge, view: Box): void {
  const ys = points.map(point => point[1]);
  if (Math.max(...ys) < view.y || Math.min(...ys) > view.y + view.h) return;
  const style = edgeStyles[edge.kind];
  const { selected, reach, colors } = scene;
  const touches = (set: ReadonlySet<number>) =>
    (set.has(edge.from) || edge.from === selected) && (set.has(edge.to) || edge.to === selected);
  const color =
    reach && touches(reach.upstream)
      ? colors.blue
      : reach && touches(reach.downstream)
        ? colors.yellow
        : (colors[style.color] as string);
  context.globalAlpha =
    reach && color !== colors.blue && color !== colors.yellow ? 0.25 : edge.kind === 'saved' ? 0.7 : 0.9;
  context.strokeStyle = color;
  context.lineWidth = style.width;
  context.setLineDash([...style.dash]);
  context.beginPath();
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return;
  context.moveTo(first[0], first[1]);
  for (let index = 1; index < points.length; index++) {
    const here = points[index];
    const next = points[index + 1];
    if (!here) continue;
    if (next) context.arcTo(here[0], here[1], next[0], next[1], 5);
    else context.lineTo(here[0], here[1]);
  }
  context.stroke();
  context.setLineDash([]);
  const before = points.at(-2) ?? first;
  arrow(context, last, Math.atan2(last[1] - before[1], last[0] - before[0]), color);
  context.globalAlpha = 1;
}

function arrow(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  angle: number,
  color: string,
): void {
  context.fillStyle = color;
  context.beginPath();
  context.moveTo(x, y);
  for (const side of [2.75, -2.75]) context.lineTo(x + 6 * Math.cos(angle + side), y + 6 * Math.sin(angle + side));
  context.closePath();
  context.fill();
}

function overlayValue(node: TraceNode, overlay: Overlay): number | null {
  if (overlay === 'time') return node.ms;
  if (overlay === 'memory') return node.bytes;
  if (overlay === 'gradient') return node.norm ?? null;
  return null;
}

function overlayText(node: TraceNode, overlay: Overlay): string | null {
  const value = overlayValue(node, overlay);
  if (overlay === 'time') return value === null ? (node.kernel === null ? 'not measured' : 'fused') : timeText(value);
  if (overlay === 'memory') return value === null ? null : `${numberText(value)} B`;
  if (overlay === 'gradient') return value === null ? null : `‖·‖ ${numberText(value)}`;
  if (overlay === 'device') return node.device;
  if (overlay === 'dtype') return node.dtype;
  return null;
}

const overlayRange = ({ layout, overlay }: Scene): number =>
  layout.nodes.reduce((most, { node }) => Math.max(most, overlayValue(node, overlay) ?? 0), 0);

function clipped(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > width) end--;
  return `${text.slice(0, end)}…`;
}

/** The node or group under a point of the picture; nodes win, then the innermost group's head. */
export function hit({ nodes, groups }: Layout, x: number, y: number): PlacedNode | PlacedGroup | null {
  const inside = (box: Box) => x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
  const node = nodes.find(inside);
  if (node) return node;
  const heads = groups.filter(group => inside(group) && (group.closed || y <= group.y + size.head));
  return heads.sort((a, b) => a.w - b.w || a.h - b.h)[0] ?? null;
}
