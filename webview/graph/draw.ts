// Paints a layout: only what the viewport shows, and only blocks when it is far away. Shape says what a node is, colour repeats it.
import type { TraceNode } from '../../src/shared/trace.ts';
import { shapeText, typeText } from '../ui/format.ts';
import { alpha, mix, type Colors } from './colors.ts';
import { drawGlyph, glyphOf } from './glyphs.ts';
import { clipped, widthOf, type Ink } from './ink.ts';
import { size, type Box, type Layout, type Placed, type PlacedGroup, type PlacedNode } from './layout.ts';
import { drawEdge } from './lines.ts';
import type { Reading } from './overlay.ts';

export interface Mark {
  readonly side: 'up' | 'down';
  readonly steps: number;
}

export interface Scene {
  readonly layout: Layout;
  readonly colors: Colors;
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly compact: boolean;
  /** Keys of boxes. */
  readonly selected: string | null;
  readonly hovered: string | null;
  /** How every box lies to the selection; null without one. */
  readonly marks: ReadonlyMap<string, Mark> | null;
  readonly matches: ReadonlySet<string>;
  readonly match: string | null;
  readonly reading: Reading | null;
  /** Nodes of lines that changed since the run. */
  readonly stale: ReadonlySet<number>;
  /** The keyboard is here. */
  readonly focused: boolean;
  /** Where boxes were before a group was opened or closed, and how far the way is, 0 to 1. */
  readonly before: Layout | null;
  readonly progress: number;
}

/** Below this scale there is no text, only blocks. */
export const farScale = 0.42;

export const fontsOf = ({ sans, mono }: Colors) => ({
  name: `12px ${sans}`,
  strong: `600 12px ${sans}`,
  type: `11px ${mono}`,
  note: `11px ${sans}`,
  badge: `600 10px ${sans}`,
  head: `600 11px ${sans}`,
});

const membersOf = (placed: Placed): readonly TraceNode[] => (placed.kind === 'group' ? placed.members : placed.bundle);
export const isBroken = (placed: Placed): boolean => membersOf(placed).some(node => node.nonFinite > 0);

/** Paints the world; the caller has set the transform and filled the ground. */
export function paint(ink: Ink, scene: Scene): void {
  const { layout, scale, colors } = scene;
  const view: Box = { x: -scene.x / scale, y: -scene.y / scale, w: scene.width / scale, h: scene.height / scale };
  const visible = (box: Box) =>
    box.x < view.x + view.w && box.x + box.w > view.x && box.y < view.y + view.h && box.y + box.h > view.y;
  const far = scale < farScale;
  const now = moving(scene);
  ink.textBaseline = 'middle';
  if (layout.axis !== null) {
    ink.strokeStyle = alpha(colors.ink, colors.highContrast ? 0.5 : 0.12);
    ink.lineWidth = 1;
    ink.setLineDash([2, 4]);
    ink.beginPath();
    ink.moveTo(layout.axis, 4);
    ink.lineTo(layout.axis, layout.height - 8);
    ink.stroke();
    ink.setLineDash([]);
  }
  const groups = layout.groups.filter(group => !group.closed && visible(now(group)));
  groups.sort((a, b) => a.level - b.level);
  for (const group of groups) groupBox(ink, scene, group, now(group));
  ink.globalAlpha = scene.before ? scene.progress : 1;
  if (scale >= 0.12) {
    const [top, bottom] = [view.y, view.y + view.h];
    const seen = layout.edges.filter(edge => edge.bottom >= top && edge.top <= bottom);
    const lit = seen.filter(edge => isLit(scene, edge.from.key, edge.to.key));
    for (const edge of seen) if (!isLit(scene, edge.from.key, edge.to.key)) drawEdge(ink, scene, edge, false, far);
    for (const edge of lit) drawEdge(ink, scene, edge, true, far);
  }
  ink.globalAlpha = 1;
  if (!far) for (const group of groups) groupHead(ink, scene, group, now(group));
  const shut = layout.groups.filter(group => group.closed);
  if (far) {
    blocks(ink, scene, [...layout.nodes, ...shut].filter(visible));
    return;
  }
  for (const group of shut) if (visible(now(group))) nodeBox(ink, scene, group, now(group));
  for (const placed of layout.nodes) if (visible(now(placed))) nodeBox(ink, scene, placed, now(placed));
  ink.globalAlpha = 1;
}

/** Where a box is now: on its way after its group was opened or closed. */
function moving({ before, progress }: Scene): (placed: Placed) => Box & { readonly born?: number } {
  if (!before || progress >= 1) return placed => placed;
  const eased = 1 - (1 - progress) ** 3;
  return placed => {
    const old = before.byKey.get(placed.key);
    if (!old) return { x: placed.x, y: placed.y, w: placed.w, h: placed.h, born: eased };
    const way = (from: number, to: number) => from + (to - from) * eased;
    return { x: way(old.x, placed.x), y: way(old.y, placed.y), w: way(old.w, placed.w), h: way(old.h, placed.h) };
  };
}

/** On a path through the selection. */
export function isLit({ marks, selected }: Scene, from: string, to: string): boolean {
  if (!marks) return false;
  const [a, b] = [marks.get(from), marks.get(to)];
  if (to === selected) return a?.side === 'up' || from === selected;
  if (from === selected) return b?.side === 'down';
  return a !== undefined && a.side === b?.side;
}

/** The colour of a box by what it is: its border and its glyph. */
export function hueOf(placed: Placed, colors: Colors): string | null {
  if (placed.kind === 'group') return placed.lane === 'backward' ? colors.purple : null;
  const { node, column } = placed;
  if (column === 'backward' || column === 'gradients') return colors.purple;
  if (column === 'updates' || node.kind === 'variable' || (column === 'left' && node.kind !== 'constant'))
    return colors.green;
  return null;
}

/** Far away: one rectangle for each box, colour by colour. */
function blocks(ink: Ink, scene: Scene, boxes: readonly Placed[]): void {
  const { colors, marks, selected, matches, reading } = scene;
  const byColor = new Map<string, Placed[]>();
  for (const box of boxes) {
    const mark = marks?.get(box.key);
    let color = mix(colors.ground, hueOf(box, colors) ?? colors.ink, 0.5);
    const share = reading?.share(box) ?? null;
    if (reading)
      color = mix(
        colors.ground,
        share === null ? colors.ink : colors[reading.hue],
        share === null ? 0.2 : 0.3 + 0.7 * share,
      );
    if (mark) color = mix(colors.ground, mark.side === 'up' ? colors.blue : colors.yellow, 0.75);
    if (isBroken(box)) color = colors.red;
    if (matches.has(box.key)) color = colors.match;
    if (box.key === selected) color = colors.focus;
    const list = byColor.get(color);
    if (list) list.push(box);
    else byColor.set(color, [box]);
  }
  for (const [color, list] of byColor) {
    ink.fillStyle = color;
    ink.beginPath();
    for (const box of list) ink.rect(box.x, box.y, box.w, box.h);
    ink.fill();
  }
}

function groupBox(ink: Ink, { colors, hovered, selected }: Scene, group: PlacedGroup, box: Box): void {
  const hue = group.lane === 'backward' ? colors.purple : colors.ink;
  ink.beginPath();
  ink.roundRect(box.x + 0.5, box.y + 0.5, box.w - 1, box.h - 1, 6);
  if (!colors.highContrast) {
    ink.fillStyle = alpha(hue, colors.dark ? 0.03 : 0.024);
    ink.fill();
  }
  ink.lineWidth = group.key === selected ? 2 : 1;
  ink.strokeStyle =
    group.key === selected
      ? colors.focus
      : colors.highContrast
        ? colors.line
        : alpha(hue, group.key === hovered ? 0.5 : colors.dark ? 0.18 : 0.22);
  ink.stroke();
}

function chevron(ink: Ink, x: number, y: number, closed: boolean, color: string): void {
  ink.strokeStyle = color;
  ink.lineWidth = 1.4;
  ink.beginPath();
  ink.moveTo(x + (closed ? -2 : -3.5), y + (closed ? -3.5 : -2));
  ink.lineTo(x + (closed ? 1.5 : 0), y + (closed ? 0 : 1.5));
  ink.lineTo(x + (closed ? -2 : 3.5), y + (closed ? 3.5 : -2));
  ink.stroke();
}

/** The name of an open group, on a patch of ground over the edges. */
function groupHead(ink: Ink, { colors, compact }: Scene, group: PlacedGroup, box: Box): void {
  const fonts = fontsOf(colors);
  const back = group.lane === 'backward';
  const y = box.y + 14;
  ink.font = group.level ? fonts.name : fonts.strong;
  const name = clipped(ink, back ? `∂ ${group.name}` : group.name, box.w - 70);
  const wide = widthOf(ink, name);
  const fill = (colors.dark ? 0.03 : 0.024) * (group.level + 1);
  ink.fillStyle = colors.highContrast ? colors.ground : mix(colors.ground, back ? colors.purple : colors.ink, fill);
  ink.fillRect(box.x + 6, box.y + 4, 20 + wide, 17);
  chevron(ink, box.x + 13, y, false, colors.quiet);
  ink.textAlign = 'left';
  ink.fillStyle = colors.ink;
  ink.font = group.level ? fonts.name : fonts.strong;
  ink.fillText(name, box.x + 23, y + 0.5);
  ink.font = fonts.note;
  ink.fillStyle = colors.quiet;
  if (back) return;
  if (group.same > 1 && !compact) ink.fillText(`≡ ${group.same}`, box.x + 31 + wide, y + 0.5);
  if (group.line === null) return;
  ink.textAlign = 'right';
  ink.fillText(`:${group.line + 1}`, box.x + box.w - 9, y + 0.5);
  ink.textAlign = 'left';
}

function hatch(ink: Ink, box: Box, color: string): void {
  ink.save();
  ink.clip();
  ink.strokeStyle = color;
  ink.lineWidth = 1;
  ink.beginPath();
  for (let at = -box.h; at < box.w; at += 6) {
    ink.moveTo(box.x + at, box.y + box.h);
    ink.lineTo(box.x + at + box.h, box.y);
  }
  ink.stroke();
  ink.restore();
}

function nodeBox(ink: Ink, scene: Scene, placed: Placed, box: Box & { readonly born?: number }): void {
  const { colors, reading, marks, compact } = scene;
  const fonts = fontsOf(colors);
  const group = placed.kind === 'group';
  const node = group ? null : placed.node;
  const pill = placed.column === 'left' || placed.column === 'gradients' || placed.column === 'updates';
  const radius = pill ? box.h / 2 : group ? 6 : 4;
  const selected = placed.key === scene.selected;
  const mark = marks?.get(placed.key);
  const broken = isBroken(placed);
  const hue = hueOf(placed, colors);
  const stale = membersOf(placed).some(each => scene.stale.has(each.id));
  const matched = scene.matches.has(placed.key);
  const near = scene.matches.size ? matched : !marks || selected || mark !== undefined;
  ink.globalAlpha = (near ? 1 : colors.highContrast ? 0.6 : 0.45) * (box.born ?? 1);
  const outline = (grow = 0) => {
    ink.beginPath();
    ink.roundRect(box.x + 0.5 - grow, box.y + 0.5 - grow, box.w - 1 + 2 * grow, box.h - 1 + 2 * grow, radius + grow);
  };
  if (group && !colors.highContrast) {
    ink.beginPath();
    ink.roundRect(box.x + 3.5, box.y + 3.5, box.w - 1, box.h - 1, radius);
    ink.fillStyle = colors.ground;
    ink.fill();
    ink.strokeStyle = alpha(colors.ink, 0.16);
    ink.lineWidth = 1;
    ink.stroke();
  }
  const share = reading?.share(placed) ?? null;
  const exception = reading?.exception(placed) ?? false;
  let fill: string =
    pill || colors.highContrast ? colors.ground : mix(colors.ground, colors.ink, colors.dark ? 0.075 : 0.045);
  if (!colors.highContrast && reading && share !== null) fill = mix(fill, colors[reading.hue], 0.06 + 0.3 * share);
  if (!colors.highContrast && placed.key === scene.hovered) fill = mix(fill, colors.ink, 0.06);
  outline();
  ink.fillStyle = colors.ground;
  ink.fill();
  ink.fillStyle = fill;
  ink.fill();
  if (exception && reading) hatch(ink, box, alpha(colors[reading.hue], 0.4));
  if (stale) {
    outline();
    hatch(ink, box, alpha(colors.warning, colors.dark ? 0.25 : 0.32));
  }
  if (reading && share !== null) {
    outline();
    ink.save();
    ink.clip();
    ink.fillStyle = colors[reading.hue];
    ink.fillRect(box.x + 1, box.y + box.h - 4, Math.max(2, (box.w - 2) * share), 3);
    ink.restore();
  }
  outline();
  const dashed = !group && (placed.mention || node?.kind === 'constant');
  ink.lineWidth = 1;
  ink.strokeStyle = colors.highContrast
    ? colors.line
    : node?.kind === 'result'
      ? colors.ink
      : hue
        ? mix(colors.ground, hue, colors.dark ? 0.48 : 0.55)
        : mix(colors.ground, colors.ink, colors.dark ? 0.26 : 0.32);
  ink.setLineDash(dashed ? [3, 2] : []);
  if (mark && !selected) {
    const side = mark.side === 'up' ? colors.blue : colors.yellow;
    ink.strokeStyle = mix(
      colors.ground,
      side,
      colors.highContrast || mark.steps <= 1 ? 1 : mark.steps === 2 ? 0.8 : 0.6,
    );
    ink.lineWidth = mark.steps <= 1 ? 1.6 : 1;
  }
  if (broken) {
    ink.strokeStyle = colors.red;
    ink.lineWidth = 1.6;
  }
  if (stale) {
    ink.strokeStyle = colors.warning;
    ink.setLineDash([4, 3]);
  }
  ink.stroke();
  ink.setLineDash([]);
  if (matched) {
    outline(2);
    ink.strokeStyle = colors.match;
    ink.lineWidth = placed.key === scene.match ? 2.4 : 1.2;
    ink.stroke();
  }
  if (selected) {
    outline(2);
    ink.strokeStyle = colors.focus;
    ink.lineWidth = 2;
    ink.stroke();
    if (scene.focused) {
      outline(5);
      ink.lineWidth = 1;
      ink.setLineDash([2, 2]);
      ink.stroke();
      ink.setLineDash([]);
    }
  }
  nodeText(ink, scene, placed, box, { broken, hue, selected, note: noteOf(placed, reading, compact, broken), fonts });
  ink.globalAlpha = 1;
}

function noteOf(placed: Placed, reading: Reading | null, compact: boolean, broken: boolean): string {
  if (reading) return broken ? '' : reading.text(placed);
  if (placed.kind === 'group') return compact ? String(placed.members.length) : `${placed.members.length} ops`;
  const { node, column, bundle } = placed;
  if (column === 'updates') return '';
  if (bundle.length > 1) {
    const total = bundle.reduce((sum, each) => sum + each.shape.reduce((product, dim) => product * dim, 1), 0);
    return total.toLocaleString('en').replaceAll(',', ' ');
  }
  if (node.value !== undefined && node.shape.length === 0) return node.value;
  if (compact) return node.shape.length ? shapeText(node.shape) : node.dtype;
  if ((column === 'left' || column === 'gradients') && node.dtype === 'float32') return `[${node.shape.join(',')}]`;
  return typeText(node.dtype, node.shape);
}

interface TextFacts {
  readonly broken: boolean;
  readonly hue: string | null;
  readonly selected: boolean;
  readonly note: string;
  readonly fonts: ReturnType<typeof fontsOf>;
}

export const nameOf = (placed: Placed): string =>
  placed.kind === 'group'
    ? `${placed.lane === 'backward' ? '∂ ' : ''}${placed.name}`
    : placed.column === 'updates'
      ? updateName(placed)
      : placed.bundle.map(node => node.label).join(', ');

/** A parameter's change is named after the op that makes it. */
function updateName({ bundle, node }: PlacedNode): string {
  const parameters = [...new Set(bundle.filter(each => each.label !== each.op).map(each => each.label))];
  if (parameters.length) return parameters.join(', ');
  return bundle.length > 1 ? `${node.label} · ${bundle.length} ops` : node.label;
}
function nodeText(ink: Ink, scene: Scene, placed: Placed, box: Box, facts: TextFacts): void {
  const { colors } = scene;
  const { fonts, selected, note } = facts;
  const group = placed.kind === 'group';
  const pill = placed.column === 'left' || placed.column === 'gradients' || placed.column === 'updates';
  const y = box.y + box.h / 2 + 0.5;
  let x = box.x + (pill ? 10 : 8);
  let right = box.x + box.w - (pill ? 10 : 8);
  if (group) {
    chevron(ink, x + 5, y, true, colors.ink);
    x += 15;
  } else {
    const color = facts.hue && !colors.highContrast ? mix(colors.quiet, facts.hue, 0.8) : (facts.hue ?? colors.quiet);
    drawGlyph(ink, glyphOf(placed.node, pill), x + 5, y, color);
    x += 17;
  }
  ink.textAlign = 'left';
  if (facts.broken) {
    ink.font = fonts.badge;
    const wide = 28;
    ink.fillStyle = colors.red;
    ink.beginPath();
    ink.roundRect(right - wide, y - 8, wide, 15, 3);
    ink.fill();
    ink.fillStyle = colors.ground;
    ink.textAlign = 'center';
    ink.fillText('NaN', right - wide / 2, y);
    ink.textAlign = 'left';
    right -= wide + 6;
  }
  const strong = selected || group || (!group && placed.node.kind === 'result');
  const label = nameOf(placed);
  ink.font = strong ? fonts.strong : fonts.name;
  const nameWidth = widthOf(ink, label);
  const noteFont = group && !scene.reading ? fonts.note : fonts.type;
  ink.font = noteFont;
  const noteWidth = note ? widthOf(ink, note) : 0;
  const fits = nameWidth + 6 + noteWidth <= right - x;
  ink.font = strong ? fonts.strong : fonts.name;
  ink.fillStyle = colors.ink;
  ink.fillText(clipped(ink, label, fits ? right - x - noteWidth : right - x), x, y);
  if (!fits || !note) return;
  ink.font = noteFont;
  ink.fillStyle = scene.reading ? colors.ink : colors.quiet;
  ink.textAlign = 'right';
  ink.fillText(note, right, y);
  ink.textAlign = 'left';
}

/** The titles of the columns; they stay in sight when the picture is scrolled. */
export function paintColumns(ink: Ink, { layout, colors, x, scale, width }: Scene): void {
  const fonts = fontsOf(colors);
  ink.textBaseline = 'middle';
  for (const column of layout.columns) {
    const lane = column.column === 'forward' || column.column === 'backward';
    ink.font = lane ? fonts.head : fonts.note;
    if (column.w * scale < widthOf(ink, column.title)) continue;
    ink.textAlign = lane ? 'center' : 'left';
    ink.fillStyle =
      column.column === 'backward'
        ? colors.highContrast
          ? colors.purple
          : mix(colors.quiet, colors.purple, 0.75)
        : colors.quiet;
    const at = column.x * scale + x + (lane ? (column.w * scale) / 2 : 0);
    if (at > -80 && at < width + 80) ink.fillText(column.title, at, 14);
  }
  ink.textAlign = 'left';
}

/** The box under a point; nodes and closed groups win, then the head of the innermost open group. */
export function hit({ nodes, groups }: Layout, x: number, y: number): Placed | null {
  const inside = (box: Box) => x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
  const box = nodes.find(inside) ?? groups.find(group => group.closed && inside(group));
  if (box) return box;
  const heads = groups.filter(group => inside(group) && y <= group.y + size.head);
  return heads.sort((a, b) => b.level - a.level)[0] ?? null;
}
