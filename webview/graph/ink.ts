// What the picture is drawn with: a canvas, or the same calls written down as SVG for export.

/** The part of a canvas context that the picture uses. */
export type Ink = Pick<
  CanvasRenderingContext2D,
  | 'arc'
  | 'arcTo'
  | 'beginPath'
  | 'bezierCurveTo'
  | 'clip'
  | 'closePath'
  | 'ellipse'
  | 'fill'
  | 'fillRect'
  | 'fillStyle'
  | 'fillText'
  | 'font'
  | 'globalAlpha'
  | 'lineTo'
  | 'lineWidth'
  | 'moveTo'
  | 'rect'
  | 'restore'
  | 'roundRect'
  | 'save'
  | 'setLineDash'
  | 'stroke'
  | 'strokeStyle'
  | 'textAlign'
  | 'textBaseline'
> & { measureText(text: string): { readonly width: number } };

const widths = new Map<string, number>();

/** The width of a text; measured once. */
export function widthOf(ink: Ink, text: string): number {
  const key = `${ink.font} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear();
    widths.set(key, (width = ink.measureText(text).width));
  }
  return width;
}

export function clipped(ink: Ink, text: string, room: number): string {
  if (widthOf(ink, text) <= room) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (widthOf(ink, `${text.slice(0, middle)}…`) <= room) low = middle;
    else high = middle - 1;
  }
  return low > 0 ? `${text.slice(0, low)}…` : '';
}
