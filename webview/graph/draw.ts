// Paints a layout: only what the viewport shows, and only blocks when it is far away.
import { alpha, mix } from './colors.ts';
import { groupBox, groupHead } from './groups.ts';
import { widthOf, type Ink } from './ink.ts';
import type { Box, Placed } from './layout.ts';
import { drawEdge } from './lines.ts';
import { nodeBox } from './nodes.ts';
import { farScale, fontsOf, hueOf, isBroken, isLit, type Scene } from './scene.ts';

/** Paints what the camera sees on a canvas of its own size, with the titles of the columns on top. */
export function paintCanvas(context: CanvasRenderingContext2D, scene: Scene): void {
  const { canvas } = context;
  const { colors, width, height, scale, x, y } = scene;
  const ratio = window.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const ground = (down: number) => {
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = colors.ground;
    context.fillRect(0, 0, width, down);
  };
  ground(height);
  context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y);
  paint(context, scene);
  context.globalAlpha = 0.92;
  ground(titleHeight);
  context.globalAlpha = 1;
  paintColumns(context, scene);
}
const titleHeight = 26;

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
    if (mark && mark.side !== 'in') color = mix(colors.ground, mark.side === 'up' ? colors.blue : colors.yellow, 0.75);
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
