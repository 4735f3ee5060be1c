// The ops of a run one after another on one clock, nested under the functions that called them. Starts are not recorded: what
// is shown is the order and the duration, without the time between ops.
import type { RunResult, TraceNode } from '../../src/shared/trace.ts';
import { onThemeChange, mix, readColors, alpha, inkOn } from '../graph/colors.ts';
import { clipped } from '../graph/ink.ts';
import { h } from '../ui/dom.ts';
import { timeText } from '../ui/format.ts';

interface Bar {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly name: string;
  readonly node: TraceNode | null;
  readonly back: boolean;
}

/** Bars of functions and ops, from the order of the ops. Times in milliseconds. */
export function barsOf(nodes: readonly TraceNode[]): {
  readonly bars: readonly Bar[];
  readonly total: number;
  readonly depth: number;
} {
  const bars: Bar[] = [];
  let open: { readonly name: string; readonly start: number; readonly back: boolean }[] = [];
  let clock = 0;
  let deepest = 0;
  const shut = (to: number): void => {
    while (open.length > to) {
      const top = open.pop();
      if (top && clock > top.start)
        bars.push({ start: top.start, end: clock, depth: open.length, name: top.name, node: null, back: top.back });
    }
  };
  for (const node of nodes) {
    if (!node.ms) continue;
    const back = node.lane === 'backward';
    let same = 0;
    while (same < open.length && open[same]?.name === node.group[same] && open[same]?.back === back) same++;
    shut(same);
    for (const name of node.group.slice(same)) open = [...open, { name, start: clock, back }];
    deepest = Math.max(deepest, open.length);
    bars.push({ start: clock, end: clock + node.ms, depth: -1, name: node.label, node, back });
    clock += node.ms;
  }
  shut(0);
  return { bars, total: clock, depth: deepest };
}

const [rowHeight, left, top] = [22, 84, 22];

export function timeLine(run: RunResult, toNode: (id: number) => void): HTMLElement | null {
  const { bars, total, depth } = barsOf(run.graph.nodes);
  if (!total) return null;
  const lanes = [
    { title: 'Functions', rows: depth },
    ...(bars.some(bar => bar.node && bar.node.device === 'webgpu') ? [{ title: 'GPU', rows: 1 }] : []),
    { title: 'CPU', rows: 1 },
  ].filter(lane => lane.rows > 0);
  const height = top + lanes.reduce((sum, lane) => sum + lane.rows * (rowHeight + 2) + 10, 0);
  const slow = [...bars].filter(bar => bar.node).sort((a, b) => b.end - b.start - (a.end - a.start))[0];
  const canvas = h('canvas', {
    class: 'time-line',
    role: 'img',
    tabindex: 0,
    'aria-label': `Time line of ${timeText(total)} in ops; the longest is ${slow?.name ?? ''} with ${timeText((slow?.end ?? 0) - (slow?.start ?? 0))}. W and S zoom, A and D pan; the table below has the same numbers.`,
  });
  canvas.style.setProperty('height', `${height}px`);
  let [from, to] = [0, total];
  let hovered: Bar | null = null;
  const x = (ms: number) => left + ((ms - from) / (to - from)) * (canvas.clientWidth - left - 12);
  const rowOf = (bar: Bar): number => {
    if (!bar.node) return top + bar.depth * (rowHeight + 2);
    let y = top;
    for (const lane of lanes) {
      if (lane.title === (bar.node.device === 'webgpu' ? 'GPU' : 'CPU')) return y;
      y += lane.rows * (rowHeight + 2) + 10;
    }
    return y;
  };
  const draw = (): void => {
    const width = canvas.clientWidth;
    if (!width) return;
    const ratio = devicePixelRatio || 1;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const context = canvas.getContext('2d');
    if (!context) return;
    const colors = readColors();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.textBaseline = 'middle';
    context.font = `11px ${colors.sans}`;
    const step = niceStep((to - from) / Math.max(2, (width - left) / 110));
    context.strokeStyle = alpha(colors.ink, colors.highContrast ? 0.4 : 0.12);
    for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) {
      context.fillStyle = colors.quiet;
      context.fillText(tick === 0 ? '0' : timeText(tick), x(tick) + 3, 9);
      context.beginPath();
      context.moveTo(Math.round(x(tick)) + 0.5, 4);
      context.lineTo(Math.round(x(tick)) + 0.5, height);
      context.stroke();
    }
    let y = top;
    for (const lane of lanes) {
      context.fillStyle = colors.quiet;
      context.fillText(lane.title, 16, y + rowHeight / 2);
      y += lane.rows * (rowHeight + 2) + 10;
    }
    context.save();
    context.beginPath();
    context.rect(left, 0, width - left, height);
    context.clip();
    let lastEnd = new Map<number, number>();
    for (const bar of bars) {
      const [start, end] = [x(bar.start), x(bar.end)];
      if (end < left || start > width) continue;
      const row = rowOf(bar);
      // Thousands of ops in one pixel are drawn once.
      if (end - start < 0.5 && (lastEnd.get(row) ?? -1) > start - 0.5) continue;
      lastEnd = lastEnd.set(row, end);
      const wide = Math.max(1, end - start - 1);
      const hue = bar.back
        ? colors.purple
        : !bar.node
          ? colors.green
          : bar.node.device === 'webgpu'
            ? colors.blue
            : colors.yellow;
      const fill = colors.highContrast ? colors.ground : mix(colors.ground, hue, bar === hovered ? 0.55 : 0.32);
      context.beginPath();
      context.roundRect(start + 0.5, row + 0.5, wide, rowHeight - 1, 3);
      context.fillStyle = fill;
      context.fill();
      context.strokeStyle = bar.node?.nonFinite ? colors.red : mix(colors.ground, hue, colors.highContrast ? 1 : 0.7);
      context.stroke();
      if (wide < 30) continue;
      context.fillStyle = colors.highContrast ? colors.ink : inkOn(fill);
      context.fillText(
        clipped(context, `${bar.name}  ${timeText(bar.end - bar.start)}`, wide - 10),
        Math.max(left, start) + 6,
        row + rowHeight / 2 + 0.5,
      );
    }
    context.restore();
  };
  const at = (event: MouseEvent): Bar | null =>
    bars.find(bar => {
      const y = rowOf(bar);
      return (
        event.offsetY >= y &&
        event.offsetY <= y + rowHeight &&
        event.offsetX >= x(bar.start) &&
        event.offsetX <= Math.max(x(bar.end), x(bar.start) + 2)
      );
    }) ?? null;
  const view = (nextFrom: number, nextTo: number): void => {
    const span = Math.min(total, Math.max(total / 10_000, nextTo - nextFrom));
    from = Math.max(0, Math.min(total - span, nextFrom));
    to = from + span;
    draw();
  };
  const zoom = (factor: number, center = (from + to) / 2): void =>
    view(center - (center - from) * factor, center + (to - center) * factor);
  canvas.addEventListener('pointermove', event => {
    const bar = at(event);
    if (bar === hovered) return;
    hovered = bar;
    canvas.title = bar ? `${bar.name}, ${timeText(bar.end - bar.start)}` : '';
    canvas.style.setProperty('cursor', bar?.node ? 'pointer' : 'default');
    draw();
  });
  canvas.addEventListener('click', event => {
    const bar = at(event);
    if (bar?.node) toNode(bar.node.id);
    else if (bar) view(bar.start, bar.end);
  });
  canvas.addEventListener('dblclick', () => view(0, total));
  canvas.addEventListener(
    'wheel',
    event => {
      if (!event.ctrlKey && !event.metaKey && Math.abs(event.deltaX) < Math.abs(event.deltaY)) return;
      event.preventDefault();
      const perPixel = (to - from) / Math.max(1, canvas.clientWidth - left);
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
      '0': () => view(0, total),
    }[event.key.toLowerCase()];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  new ResizeObserver(draw).observe(canvas);
  onThemeChange(draw);
  return h('div', { class: 'time-line-box' }, canvas);
}

/** 1, 2 or 5 times a power of ten, at least `rough`. */
export function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find(step => step * power >= rough) ?? 10);
}
