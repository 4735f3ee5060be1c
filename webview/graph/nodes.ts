// A node or a closed group: outline, glyph, name, and the note at its right.
import { shapeText, typeText } from '../ui/format.ts';
import { alpha, mix } from './colors.ts';
import { drawGlyph, glyphOf } from './glyphs.ts';
import { chevron } from './groups.ts';
import { clipped, widthOf, type Ink } from './ink.ts';
import type { Box, Placed } from './layout.ts';
import type { Reading } from './overlay.ts';
import { fontsOf, hueOf, isBroken, membersOf, nameOf, type Scene } from './scene.ts';

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

/** Shape says what a node is, colour repeats it. */
export function nodeBox(ink: Ink, scene: Scene, placed: Placed, box: Box & { readonly born?: number }): void {
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
  if (mark && mark.side !== 'in' && !selected) {
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

/** `W1 +5` for a list of names that is too long; null where it is no list, or fits. */
function shorter(label: string, tooLong: boolean): string | null {
  const [first, ...rest] = label.split(', ');
  return tooLong && rest.length ? `${first} +${rest.length}` : null;
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
  ink.font = strong ? fonts.strong : fonts.name;
  let label = nameOf(placed);
  // Of many the first is named, and how many there are.
  const more = placed.kind === 'node' ? shorter(label, widthOf(ink, label) > right - x) : null;
  if (more) label = more;
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
