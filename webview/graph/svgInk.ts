// The canvas calls that the picture uses, written down as SVG. Coordinates are absolute: the picture is drawn at scale 1.
import type { Ink } from './ink.ts';

export interface SvgInk extends Ink {
  translate(x: number, y: number): void;
  document(width: number, height: number, ground: string): string;
}

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
const round = (value: number): string => String(Math.round(value * 100) / 100);

export function createSvgInk(
  measure: (text: string) => { readonly width: number },
  setFont: (font: string) => void,
): SvgInk {
  const parts: string[] = [];
  let path: string[] = [];
  let [x0, y0] = [0, 0];
  let last: readonly [number, number] = [0, 0];
  let dash: readonly number[] = [];
  let clips = 0;
  const open: number[] = [];
  let font = '12px sans-serif';
  const at = (x: number, y: number): string => {
    last = [x, y];
    return `${round(x + x0)} ${round(y + y0)}`;
  };
  const opacity = () => (ink.globalAlpha < 1 ? ` opacity="${round(ink.globalAlpha)}"` : '');
  const ink: SvgInk = {
    fillStyle: '#000',
    strokeStyle: '#000',
    lineWidth: 1,
    globalAlpha: 1,
    textAlign: 'left',
    textBaseline: 'middle',
    get font() {
      return font;
    },
    set font(value: string) {
      font = value;
      setFont(value);
    },
    measureText: measure,
    setLineDash: next => (dash = [...next]),
    translate(x, y) {
      x0 += x;
      y0 += y;
    },
    beginPath: () => (path = []),
    moveTo: (x, y) => void path.push(`M${at(x, y)}`),
    lineTo: (x, y) => void path.push(`L${at(x, y)}`),
    closePath: () => void path.push('Z'),
    rect: (x, y, w, h) => void path.push(`M${at(x, y)}h${round(w)}v${round(h)}h${round(-w)}Z`),
    roundRect(x, y, w, h, radii) {
      const r = Math.min(Number(radii) || 0, w / 2, h / 2);
      const arc = (dx: number, dy: number) => `a${round(r)} ${round(r)} 0 0 1 ${round(dx)} ${round(dy)}`;
      path.push(
        `M${at(x + r, y)}h${round(w - 2 * r)}${arc(r, r)}v${round(h - 2 * r)}${arc(-r, r)}h${round(2 * r - w)}${arc(-r, -r)}v${round(2 * r - h)}${arc(r, -r)}Z`,
      );
    },
    bezierCurveTo: (a, b, c, d, x, y) => void path.push(`C${at(a, b)} ${at(c, d)} ${at(x, y)}`),
    arc: (x, y, r, from, to) => ink.ellipse(x, y, r, r, 0, from, to),
    ellipse(x, y, rx, ry, _rotation, from, to, counter = false) {
      const point = (angle: number) => at(x + rx * Math.cos(angle), y + ry * Math.sin(angle));
      const middle = counter ? from - Math.PI / 2 : (from + to) / 2;
      const sweep = counter ? 0 : 1;
      const lead = path.length && !counter ? 'M' : path.length ? 'L' : 'M';
      path.push(
        `${lead}${point(from)}A${round(rx)} ${round(ry)} 0 0 ${sweep} ${point(middle)}A${round(rx)} ${round(ry)} 0 0 ${sweep} ${point(to)}`,
      );
    },
    arcTo(x1, y1, x2, y2, r) {
      // The corners of the picture are right angles: go to `r` before the corner, then around it.
      const [px, py] = last;
      const before = Math.hypot(px - x1, py - y1) || 1;
      const after = Math.hypot(x2 - x1, y2 - y1) || 1;
      const from = [x1 + ((px - x1) / before) * r, y1 + ((py - y1) / before) * r] as const;
      const to = [x1 + ((x2 - x1) / after) * r, y1 + ((y2 - y1) / after) * r] as const;
      path.push(`L${at(...from)}Q${at(x1, y1)} ${at(...to)}`);
    },
    fill: () => void parts.push(`<path d="${path.join('')}" fill="${String(ink.fillStyle)}"${opacity()}/>`),
    stroke: () =>
      void parts.push(
        `<path d="${path.join('')}" fill="none" stroke="${String(ink.strokeStyle)}" stroke-width="${round(ink.lineWidth)}"${dash.length ? ` stroke-dasharray="${dash.join(' ')}"` : ''}${opacity()}/>`,
      ),
    fillRect: (x, y, w, h) =>
      void parts.push(
        `<rect x="${round(x + x0)}" y="${round(y + y0)}" width="${round(w)}" height="${round(h)}" fill="${String(ink.fillStyle)}"${opacity()}/>`,
      ),
    fillText(text, x, y) {
      const anchor = { left: 'start', start: 'start', center: 'middle', right: 'end', end: 'end' }[ink.textAlign];
      const [, weight = '400', fontSize = '12px', family = 'sans-serif'] =
        /^(?:(\d{3}) )?([\d.]+px) (.*)$/.exec(font) ?? [];
      parts.push(
        `<text x="${round(x + x0)}" y="${round(y + y0)}" dominant-baseline="central" text-anchor="${anchor}" font-family="${escape(family)}" font-size="${fontSize}" font-weight="${weight}" fill="${String(ink.fillStyle)}"${opacity()}>${escape(text)}</text>`,
      );
    },
    save: () => void open.push(0),
    restore() {
      parts.push('</g>'.repeat(open.pop() ?? 0));
    },
    clip() {
      const id = `c${clips++}`;
      parts.push(`<clipPath id="${id}"><path d="${path.join('')}"/></clipPath><g clip-path="url(#${id})">`);
      if (open.length) open[open.length - 1] = (open.at(-1) ?? 0) + 1;
    },
    document: (width, height, ground) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}"><rect width="100%" height="100%" fill="${ground}"/>${parts.join('')}</svg>\n`,
  };
  return ink;
}
