// Small pictures of arrays as SVG: a sparkline that stands beside a line of code, and a heat map for hovers. Pure: a summary and
// colours go in, a `data:` address comes out, so that a picture can be compared in a test and needs no file.
import type { ColorThemeKind } from 'vscode';
import type { ValueSummary } from '../shared/tensors.ts';

export interface PictureColors {
  /** What lies behind the picture. */
  readonly ground: string;
  /** Lines, bars, and the middle of the ramp. */
  readonly hue: string;
  /** The far end of the ramp: the largest value. */
  readonly ink: string;
  /** Quiet parts: base lines. */
  readonly quiet: string;
  /** What is not finite. */
  readonly alarm: string;
  /** High contrast: a frame around every picture, and no fill below curves. */
  readonly border: string | null;
}

const light: PictureColors = {
  ground: '#f3f6fa',
  hue: '#1a66c4',
  ink: '#0b2a52',
  quiet: '#8a8a8a',
  alarm: '#c72e0f',
  border: null,
};
const dark: PictureColors = {
  ground: '#22272e',
  hue: '#3f8ff0',
  ink: '#d6e9ff',
  quiet: '#7a7a7a',
  alarm: '#f14c4c',
  border: null,
};

/** By `vscode.ColorThemeKind`: light, dark, high contrast dark, high contrast light. */
const colorsByTheme: Readonly<Record<ColorThemeKind, PictureColors>> = {
  1: light,
  2: dark,
  3: { ground: '#000000', hue: '#6ab0ff', ink: '#ffffff', quiet: '#ffffff', alarm: '#ff7a6b', border: '#6fc3df' },
  4: { ground: '#ffffff', hue: '#0f4a85', ink: '#000000', quiet: '#292929', alarm: '#b5200d', border: '#0f4a85' },
};

/** The colours for `vscode.window.activeColorTheme.kind`. */
export const pictureColors = (kind: ColorThemeKind): PictureColors => colorsByTheme[kind];

/** Size of a sparkline in CSS pixels: as high as a line of code leaves room for. */
export const sparklineSize = { width: 48, height: 14 } as const;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The picture beside a line: a curve for short vectors, bars for the distribution of anything else; null where there is none. */
export function sparkline(summary: ValueSummary, colors: PictureColors, size: Size = sparklineSize): string | null {
  const { spark } = summary;
  if (!spark || !spark.values.some(value => value !== null)) return null;
  const marks =
    spark.kind === 'series'
      ? curve(spark.values, colors, size)
      : bars(spark.values, summary.nonFinite > 0, colors, size);
  return address(size.width, size.height, marks);
}

/** The last two axes as a grid of coloured cells, at most `size` CSS pixels on a side; null for vectors and scalars. */
export function heatmap(
  summary: ValueSummary,
  colors: PictureColors,
  size = 132,
): { readonly uri: string; readonly width: number; readonly height: number } | null {
  const { heat } = summary;
  if (!heat || heat.rows < 1 || heat.columns < 1) return null;
  const cell = Math.max(2, Math.min(18, Math.floor(size / Math.max(heat.rows, heat.columns))));
  const [width, height] = [heat.columns * cell + 2, heat.rows * cell + 2];
  const finite = heat.values.filter(value => value !== null);
  const [low, high] = bounds(finite);
  // Cells of one shade are one path: a picture of 24 × 24 cells stays below ten kilobytes.
  const shades = new Map<string, string>();
  const crosses: string[] = [];
  heat.values.forEach((value, at) => {
    const x = 1 + (at % heat.columns) * cell;
    const y = 1 + Math.floor(at / heat.columns) * cell;
    if (value === null) {
      const [from, to] = [Math.ceil(cell / 4), Math.floor((3 * cell) / 4)];
      crosses.push(`M${x + from} ${y + from}L${x + to} ${y + to}M${x + to} ${y + from}L${x + from} ${y + to}`);
      return;
    }
    const shade = ramp(high > low ? (value - low) / (high - low) : 0.5, colors);
    shades.set(shade, `${shades.get(shade) ?? ''}M${x} ${y}h${cell}v${cell}h-${cell}z`);
  });
  const parts = [
    `<rect width="${width}" height="${height}" fill="${colors.ground}"/>`,
    ...[...shades].map(([fill, d]) => `<path fill="${fill}" shape-rendering="crispEdges" d="${d}"/>`),
    crosses.length ? `<path stroke="${colors.alarm}" stroke-width="1.2" d="${crosses.join('')}"/>` : '',
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" fill="none" stroke="${colors.border ?? colors.quiet}" stroke-opacity="${colors.border ? 1 : 0.5}"/>`,
  ];
  return { uri: address(width, height, parts.join('')), width, height };
}

/** The colour of a value between 0 and 1: ground → hue → ink, in 32 steps, lighter or darker all the way. */
export function ramp(value: number, { ground, hue, ink }: PictureColors): string {
  const t = Math.round(Math.min(1, Math.max(0, value)) * 31) / 31;
  return t < 0.6 ? mix(ground, hue, t / 0.6) : mix(hue, ink, (t - 0.6) / 0.4);
}

function curve(
  values: readonly (number | null)[],
  { hue, alarm, border }: PictureColors,
  { width, height }: Size,
): string {
  const [low, high] = bounds(values.filter(value => value !== null));
  const x = (at: number) =>
    round(1.5 + (values.length > 1 ? (at / (values.length - 1)) * (width - 3) : (width - 3) / 2));
  const y = (value: number) =>
    round(high > low ? height - 2 - ((value - low) / (high - low)) * (height - 4) : height / 2);
  const runs: string[][] = [[]];
  const holes: string[] = [];
  values.forEach((value, at) => {
    if (value !== null) runs.at(-1)?.push(`${x(at)} ${y(value)}`);
    else {
      holes.push(`M${x(at)} 1v${height - 2}`);
      if (runs.at(-1)?.length) runs.push([]);
    }
  });
  const lines = runs.filter(run => run.length > 0);
  // A point between two gaps is a line of no length; its round cap is the dot.
  const d = lines.map(run => `M${run.join('L')}${run.length === 1 ? 'h0' : ''}`).join('');
  const area =
    border === null && lines.length === 1 && holes.length === 0 && (lines[0]?.length ?? 0) > 1
      ? `<path fill="${hue}" fill-opacity=".18" d="M${(lines[0] ?? []).join('L')}L${x(values.length - 1)} ${height}L${x(0)} ${height}z"/>`
      : '';
  return (
    area +
    `<path fill="none" stroke="${hue}" stroke-width="1.3" stroke-linejoin="round" stroke-linecap="round" d="${d}"/>` +
    (holes.length ? `<path stroke="${alarm}" stroke-width="1" stroke-opacity=".8" d="${holes.join('')}"/>` : '')
  );
}

function bars(
  values: readonly (number | null)[],
  nonFinite: boolean,
  { hue, alarm, quiet }: PictureColors,
  { width, height }: Size,
): string {
  const counts = values.map(value => Math.max(0, value ?? 0));
  const highest = Math.max(...counts, 1);
  // The last few pixels belong to what has no place in the distribution.
  const room = width - (nonFinite ? 6 : 0);
  const step = room / counts.length;
  const gap = step >= 3 ? 1 : 0;
  const d = counts
    .map((count, at) => {
      if (count === 0) return '';
      const h = round(Math.max(1, (count / highest) * (height - 2)));
      return `M${round(at * step)} ${round(height - 1 - h)}h${round(step - gap)}v${h}h-${round(step - gap)}z`;
    })
    .join('');
  return (
    `<path stroke="${quiet}" stroke-opacity=".5" d="M0 ${height - 0.5}H${round(room)}"/><path fill="${hue}" d="${d}"/>` +
    (nonFinite ? `<path stroke="${alarm}" stroke-width="1.3" d="M${width - 5} 5l4 4m0-4l-4 4"/>` : '')
  );
}

function bounds(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

const round = (value: number): number => Math.round(value * 10) / 10;
const channels = (color: string): readonly number[] => [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16));

function mix(from: string, to: string, share: number): string {
  const [a, b] = [channels(from), channels(to)];
  return `#${a
    .map((value, at) =>
      Math.round(value + ((b[at] ?? 0) - value) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function address(width: number, height: number, marks: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${marks}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
