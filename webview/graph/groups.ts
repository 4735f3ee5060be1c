// An open group: its frame, and its name on a patch of ground over the edges.
import { alpha, mix } from './colors.ts';
import { clipped, widthOf, type Ink } from './ink.ts';
import type { Box, PlacedGroup } from './layout.ts';
import { fontsOf, type Scene } from './scene.ts';

export function groupBox(ink: Ink, { colors, hovered, selected }: Scene, group: PlacedGroup, box: Box): void {
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

export function chevron(ink: Ink, x: number, y: number, closed: boolean, color: string): void {
  ink.strokeStyle = color;
  ink.lineWidth = 1.4;
  ink.beginPath();
  ink.moveTo(x + (closed ? -2 : -3.5), y + (closed ? -3.5 : -2));
  ink.lineTo(x + (closed ? 1.5 : 0), y + (closed ? 0 : 1.5));
  ink.lineTo(x + (closed ? -2 : 3.5), y + (closed ? 3.5 : -2));
  ink.stroke();
}

/** The name of an open group, on a patch of ground over the edges. */
export function groupHead(ink: Ink, { colors, compact }: Scene, group: PlacedGroup, box: Box): void {
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
