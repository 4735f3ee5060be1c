// The time line: every lane of a run on one clock. Wheel and keys zoom and pan; a click goes to the op in the graph.
import type { RunResult } from '../../src/shared/trace.ts';
import { alpha, inkOn, mix, onThemeChange, readColors, type Colors } from '../graph/colors.ts';
import { clipped } from '../graph/ink.ts';
import { h, replace } from '../ui/dom.ts';
import { timeText } from '../ui/format.ts';
import type { KeyRow } from '../ui/help.ts';
import { niceStep } from '../ui/ticks.ts';
import { clockOf, type Bar, type Clock } from './clock.ts';

export const timeKeys: readonly KeyRow[] = [
  { keys: ['W', 'S'], says: 'Time line: zoom in, zoom out' },
  { keys: ['A', 'D'], says: 'Earlier, later' },
  { keys: ['0'], says: 'The whole run' },
  { keys: ['Enter'], says: 'Table: show the op in the graph' },
];

const [rowHeight, rowGap, laneGap, left, right, top] = [22, 2, 12, 92, 12, 24];
const pitch = rowHeight + rowGap;
/** The part of the run that is shown at first has this much of its length free on each side. */
const margin = 0.02;

export function timeLine(run: RunResult, source: string, toNode: (id: number) => void): HTMLElement | null {
  const clock = clockOf(run, source.split('\n'));
  if (!clock.bars.length) return null;
  const tops = new Map<string, number>();
  let height = top;
  for (const lane of clock.lanes) {
    tops.set(lane.name, height);
    height += lane.rows * pitch + laneGap;
  }
  const canvas = h('canvas', { class: 'time-line', role: 'img', tabindex: 0, 'aria-label': sentenceOf(clock) });
  canvas.style.setProperty('height', `${height}px`);
  const card = h('div', { class: 'hover-card time-card', hidden: true });
  const element = h(
    'div',
    { class: 'time-line-box' },
    h('div', { class: 'time-line-scroll' }, canvas),
    card,
    !clock.measured &&
      h('p', { class: 'quiet time-note' }, 'When ops began is not known: they stand one after another.'),
  );
  const spare = (clock.to - clock.from) * margin;
  const first = [Math.max(0, clock.from - spare), Math.min(clock.whole, clock.to + spare)] as const;
  let [from, to] = first;
  let hovered: Bar | null = null;
  let frame = 0;

  const x = (ms: number) => left + ((ms - from) / (to - from)) * (canvas.clientWidth - left - right);
  const yOf = (bar: Bar) => (tops.get(bar.lane) ?? top) + bar.depth * pitch;
  const draw = (): void => {
    if (!frame) frame = requestAnimationFrame(drawNow);
  };
  const drawNow = (): void => {
    frame = 0;
    const width = canvas.clientWidth;
    const context = canvas.getContext('2d');
    if (!width || !context) return;
    const ratio = devicePixelRatio || 1;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const colors = readColors();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.textBaseline = 'middle';
    context.font = `11px ${colors.sans}`;
    context.lineWidth = 1;
    grid(context, colors, width);
    context.save();
    context.beginPath();
    context.rect(left, 0, width - left, height);
    context.clip();
    const ends = new Map<number, number>();
    for (const bar of clock.bars) {
      const [start, end] = [x(bar.start), x(bar.end)];
      if (end < left || start > width) continue;
      const y = yOf(bar);
      // Thousands of ops in one pixel are drawn once.
      if (end - start < 0.5 && (ends.get(y) ?? -1) > start - 0.5 && !bar.node?.nonFinite) continue;
      ends.set(y, end);
      drawBar(context, colors, bar, { start, end, y, hovered: bar === hovered });
    }
    context.restore();
  };
  const grid = (context: CanvasRenderingContext2D, colors: Colors, width: number): void => {
    const step = niceStep((to - from) / Math.max(2, (width - left) / 110));
    const line = (x0: number, y0: number, x1: number, y1: number) => {
      context.beginPath();
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
      context.stroke();
    };
    context.strokeStyle = alpha(colors.ink, colors.highContrast ? 0.4 : 0.1);
    context.fillStyle = colors.quiet;
    for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) {
      const at = Math.round(x(tick)) + 0.5;
      context.fillText(tickText(tick, step), at + 3, 9);
      line(at, 4, at, height);
    }
    for (const { name } of clock.lanes) {
      const y = tops.get(name) ?? top;
      context.fillText(name, 16, y + rowHeight / 2);
      if (y > top) line(16, Math.round(y - laneGap / 2) + 0.5, width - right, Math.round(y - laneGap / 2) + 0.5);
    }
  };

  const at = (event: MouseEvent): Bar | null =>
    clock.bars.findLast(bar => {
      const y = yOf(bar);
      const [start, end] = [x(bar.start), x(bar.end)];
      return (
        event.offsetY >= y &&
        event.offsetY <= y + rowHeight &&
        event.offsetX >= start - 1 &&
        event.offsetX <= Math.max(end, start + 2)
      );
    }) ?? null;
  const view = (nextFrom: number, nextTo: number): void => {
    const span = Math.min(clock.whole, Math.max(clock.whole / 1e6, nextTo - nextFrom));
    from = Math.max(0, Math.min(clock.whole - span, nextFrom));
    to = from + span;
    hover(null);
    draw();
  };
  const zoom = (factor: number, center = (from + to) / 2): void =>
    view(center - (center - from) * factor, center + (to - center) * factor);
  const hover = (bar: Bar | null, event?: MouseEvent): void => {
    hovered = bar;
    card.hidden = bar === null;
    if (bar && event) {
      replace(card, ...cardOf(bar, clock.measured));
      const box = element.getBoundingClientRect();
      const spot = (point: number, size: number, room: number) => Math.max(8, Math.min(point, room - size - 8));
      card.style.setProperty('left', `${spot(event.clientX - box.left + 12, card.offsetWidth, box.width)}px`);
      card.style.setProperty('top', `${event.clientY - box.top + 16}px`);
    }
    draw();
  };
  canvas.addEventListener('pointermove', event => {
    const bar = at(event);
    canvas.style.setProperty('cursor', bar ? 'pointer' : 'default');
    if (bar !== hovered) hover(bar, event);
  });
  canvas.addEventListener('pointerleave', () => hover(null));
  canvas.addEventListener('click', event => {
    const bar = at(event);
    if (bar?.node) toNode(bar.node.id);
    else if (bar) view(bar.start, bar.end);
  });
  canvas.addEventListener('dblclick', () => view(...first));
  canvas.addEventListener(
    'wheel',
    event => {
      if (!event.ctrlKey && !event.metaKey && Math.abs(event.deltaX) < Math.abs(event.deltaY)) return;
      event.preventDefault();
      const perPixel = (to - from) / Math.max(1, canvas.clientWidth - left - right);
      if (event.ctrlKey || event.metaKey) zoom(Math.exp(event.deltaY / 240), from + (event.offsetX - left) * perPixel);
      else view(from + event.deltaX * perPixel, to + event.deltaX * perPixel);
    },
    { passive: false },
  );
  canvas.addEventListener('keydown', event => {
    const span = to - from;
    const act = {
      w: () => zoom(0.7),
      s: () => zoom(1 / 0.7),
      a: () => view(from - span * 0.2, to - span * 0.2),
      d: () => view(from + span * 0.2, to + span * 0.2),
      '0': () => view(0, clock.whole),
    }[event.key.toLowerCase()];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  new ResizeObserver(draw).observe(canvas);
  onThemeChange(draw);
  return element;
}

const hueOf = (bar: Bar, colors: Colors): string =>
  bar.kind === 'wait'
    ? colors.quiet
    : bar.back
      ? colors.purple
      : bar.lane === 'Python'
        ? colors.green
        : bar.lane === 'GPU queue'
          ? colors.blue
          : colors.yellow;

interface Place {
  readonly start: number;
  readonly end: number;
  readonly y: number;
  readonly hovered: boolean;
}

function drawBar(context: CanvasRenderingContext2D, colors: Colors, bar: Bar, { start, end, y, hovered }: Place): void {
  const wide = Math.max(1, end - start - 1);
  const hue = hueOf(bar, colors);
  const strength = (bar.kind === 'wait' ? 0.1 : 0.32) + (hovered ? 0.2 : 0);
  const fill = colors.highContrast ? colors.ground : mix(colors.ground, hue, strength);
  context.beginPath();
  context.roundRect(start + 0.5, y + 0.5, wide, rowHeight - 1, Math.min(3, wide / 2));
  context.fillStyle = fill;
  context.fill();
  if (bar.kind === 'wait') hatch(context, start, y, wide, alpha(hue, 0.5));
  context.strokeStyle = mix(colors.ground, hue, colors.highContrast ? 1 : 0.7);
  context.stroke();
  if (bar.node?.nonFinite) {
    // Not finite: a mark above the bar, not only another colour.
    context.fillStyle = colors.red;
    context.beginPath();
    context.moveTo(start - 4, y - 5);
    context.lineTo(start + 4, y - 5);
    context.lineTo(start, y + 2);
    context.fill();
  }
  const from = Math.max(left, start);
  const room = end - from - 12;
  if (room < 14) return;
  const text = `${bar.back && bar.kind === 'group' ? '∂ ' : ''}${bar.name}  ${timeText(bar.end - bar.start)}`;
  if (bar.kind === 'wait') {
    // Text on a patch of its own: hatching is no ground for it.
    const patch = Math.min(room, context.measureText(text).width) + 8;
    context.fillStyle = fill;
    context.fillRect(from + 3, y + 3, patch, rowHeight - 6);
  }
  context.fillStyle = colors.highContrast ? colors.ink : inkOn(fill);
  context.fillText(clipped(context, text, room), from + 6, y + rowHeight / 2 + 0.5);
}

function hatch(context: CanvasRenderingContext2D, start: number, y: number, wide: number, color: string): void {
  context.save();
  context.clip();
  context.strokeStyle = color;
  context.beginPath();
  // Only what can be seen: a bar may reach far beyond the page.
  const [first, last] = [Math.max(start, left), Math.min(start + wide, context.canvas.clientWidth)];
  for (let at = first - rowHeight; at < last; at += 6) {
    context.moveTo(at, y + rowHeight);
    context.lineTo(at + rowHeight, y);
  }
  context.stroke();
  context.restore();
  context.beginPath();
  context.roundRect(start + 0.5, y + 0.5, wide, rowHeight - 1, Math.min(3, wide / 2));
}

/** Digits as far as neighbouring marks differ. */
function tickText(ms: number, step: number): string {
  if (ms === 0) return '0';
  const [size, unit] = ms >= 1000 ? [1000, 's'] : ms >= 1 ? [1, 'ms'] : [1e-3, 'µs'];
  const digits = Math.max(0, Math.min(6, Math.ceil(-Math.log10(step / size) - 1e-9)));
  return `${(ms / size).toFixed(digits)} ${unit}`;
}

function cardOf(bar: Bar, measured: boolean): readonly HTMLElement[] {
  const fact = (name: string, value: string) => [h('dt', {}, name), h('dd', {}, value)];
  const ends = bar.node
    ? 'Click shows the op in the graph'
    : bar.kind === 'wait'
      ? 'The kernel answers when the result is there'
      : 'Click zooms to it';
  return [
    h('header', {}, h('strong', {}, bar.name), h('code', {}, timeText(bar.end - bar.start))),
    h(
      'dl',
      {},
      ...fact('Where', bar.lane),
      ...(measured ? fact('Begins at', timeText(bar.start)) : []),
      ...(bar.line === null ? [] : fact('Line', String(bar.line + 1))),
    ),
    h('footer', {}, ends),
  ];
}

function sentenceOf({ bars, lanes, whole, measured }: Clock): string {
  const slow = bars.filter(({ kind }) => kind === 'op').sort((a, b) => b.end - b.start - (a.end - a.start))[0];
  const longest = slow ? `; the longest op is ${slow.name} with ${timeText(slow.end - slow.start)}` : '';
  return `Time line of ${timeText(whole)}${measured ? '' : ' in ops'}, ${lanes.map(({ name }) => name).join(', ')}${longest}. W and S zoom, A and D pan; the table below has the same numbers.`;
}
