// The graph as a thing one can use: pan, zoom, select, search, collapse, with the mouse or with keys alone.
import type { TraceGraph, TraceNode } from '../../src/shared/trace.ts';
import { h, replace } from '../ui/dom.ts';
import { plural, timeText, typeText } from '../ui/format.ts';
import { readColors } from './colors.ts';
import { hit, paint, type Overlay, type Scene } from './draw.ts';
import { layout, type Layout, type PlacedNode } from './layout.ts';
import { reachOf } from './reach.ts';

export interface GraphView {
  readonly element: HTMLElement;
  /** Selects a node and brings it into sight; null clears. */
  select(id: number | null): void;
  /** Selects the first node of a source line. */
  selectLine(line: number): void;
  refresh(): void;
  search(text: string): void;
  overlay(overlay: Overlay): void;
  openAll(open: boolean): void;
  toggleTree(): void;
}

export interface GraphEvents {
  onSelect(node: TraceNode | null): void;
  onStatus(text: string): void;
}

/** A group is closed at first when the whole graph is larger than this many ops. */
const openUpTo = 60;

export function createGraphView(graph: TraceGraph, events: GraphEvents): GraphView {
  const byId = new Map(graph.nodes.map(node => [node.id, node]));
  const canvas = h('canvas', {
    role: 'application',
    tabindex: 0,
    'aria-label': 'Computation graph',
    'aria-describedby': 'graph-keys',
  });
  const tree = h('ul', { class: 'graph-tree', role: 'tree', 'aria-label': 'Ops of the graph' });
  const keys = h(
    'p',
    { id: 'graph-keys', class: 'hidden' },
    'Arrow keys move between ops, Enter opens a group, Backspace closes it, M goes to the mirror op, T shows the list.',
  );
  const element = h('div', { class: 'graph' }, canvas, tree, keys);
  const found = canvas.getContext('2d');
  if (!found) throw new Error('this page has no canvas');
  const context = found;

  const closed = new Set<string>();
  let placed: Layout = layout(graph, closed);
  if (graph.nodes.length > openUpTo)
    for (const group of placed.groups) if (group.key.split('/').length > 2) closed.add(group.key);
  placed = layout(graph, closed);
  let selected: number | null = null;
  let hovered: number | null = null;
  let matches: ReadonlySet<number> = new Set();
  let overlay: Overlay = 'none';
  let [scale, x, y] = [1, 0, 0];
  let fitted = false;
  let frame = 0;

  const scene = (): Scene => ({
    layout: placed,
    colors: readColors(canvas),
    scale,
    x,
    y,
    width: canvas.clientWidth,
    height: canvas.clientHeight,
    selected,
    reach: selected === null ? null : reachOf(graph, selected),
    hovered,
    matches,
    overlay,
  });
  const draw = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (!canvas.clientWidth) return;
      const ratio = window.devicePixelRatio || 1;
      canvas.width = canvas.clientWidth * ratio;
      canvas.height = canvas.clientHeight * ratio;
      if (!fitted) fit();
      paint(context, scene());
    });
  };
  const fit = (whole = false): void => {
    fitted = true;
    const wide = canvas.clientWidth / placed.width;
    scale = Math.min(1, Math.max(0.2, whole ? Math.min(wide, canvas.clientHeight / placed.height) : wide));
    x = Math.max(0, (canvas.clientWidth - placed.width * scale) / 2);
    y = 0;
  };
  const zoom = (factor: number, atX = canvas.clientWidth / 2, atY = canvas.clientHeight / 2): void => {
    const next = Math.min(3, Math.max(0.1, scale * factor));
    x = atX - ((atX - x) * next) / scale;
    y = atY - ((atY - y) * next) / scale;
    scale = next;
    draw();
  };
  const reveal = (box: PlacedNode): void => {
    const [left, top] = [box.x * scale + x, box.y * scale + y];
    if (left < 20) x += 20 - left;
    if (left + box.w * scale > canvas.clientWidth - 20) x -= left + box.w * scale - canvas.clientWidth + 20;
    if (top < 40 || top > canvas.clientHeight - 60) y += canvas.clientHeight / 2 - top;
  };
  const select = (id: number | null): void => {
    selected = id;
    const box = placed.nodes.find(item => item.node.id === id);
    if (box) reveal(box);
    const node = id === null ? null : (byId.get(id) ?? null);
    for (const row of tree.querySelectorAll('[role=treeitem]'))
      row.setAttribute('aria-selected', String(row.id === `node-${id}`));
    if (node) canvas.setAttribute('aria-activedescendant', `node-${node.id}`);
    else canvas.removeAttribute('aria-activedescendant');
    if (node) {
      const { upstream, downstream } = reachOf(graph, node.id);
      events.onStatus(`${node.label}: ${upstream.size} upstream, ${downstream.size} downstream`);
    } else
      events.onStatus(
        `${plural(graph.nodes.length, 'node')}, ${plural(new Set(graph.nodes.map(item => item.kernel).filter(kernel => kernel !== null)).size, 'kernel')}`,
      );
    events.onSelect(node);
    draw();
  };
  const toggle = (key: string): void => {
    const before = placed.groups.find(group => group.key === key);
    if (closed.has(key)) closed.delete(key);
    else closed.add(key);
    placed = layout(graph, closed);
    const after = placed.groups.find(group => group.key === key);
    // The toggled group stays under the pointer.
    if (before && after) y += (before.y - after.y) * scale;
    draw();
  };
  const groupAround = (id: number): string | undefined =>
    placed.groups.filter(group => group.members.includes(id)).sort((a, b) => a.count - b.count)[0]?.key;

  const move = (dx: number, dy: number): void => {
    const from = placed.nodes.find(item => item.node.id === selected);
    if (!from)
      return select(placed.nodes.find(item => item.column === 'forward')?.node.id ?? placed.nodes[0]?.node.id ?? null);
    let [best, distance] = [from, Infinity];
    for (const other of placed.nodes) {
      const along = (other.x - from.x) * dx + (other.y - from.y) * dy;
      const across = Math.abs((other.x - from.x) * dy) + Math.abs((other.y - from.y) * dx);
      if (other !== from && along > 1 && along + 3 * across < distance) [best, distance] = [other, along + 3 * across];
    }
    select(best.node.id);
  };

  const actions: Readonly<Record<string, () => void>> = {
    ArrowUp: () => move(0, -1),
    ArrowDown: () => move(0, 1),
    ArrowLeft: () => move(-1, 0),
    ArrowRight: () => move(1, 0),
    Enter: () =>
      placed.groups.find(group => group.closed && selected !== null && group.members.includes(selected)) &&
      toggle(groupAround(selected ?? -1) ?? ''),
    Backspace: () => {
      const key = selected === null ? undefined : groupAround(selected);
      if (key) toggle(key);
    },
    m: () => {
      const node = selected === null ? undefined : byId.get(selected);
      const other = node?.mirror ?? graph.nodes.find(item => item.mirror === selected)?.id;
      if (other !== undefined && other !== null) select(other);
    },
    n: () => select(graph.nodes.find(node => node.nonFinite > 0)?.id ?? selected),
    f: () => (fit(), draw()),
    '0': () => (fit(true), draw()),
    '+': () => zoom(1.2),
    '-': () => zoom(1 / 1.2),
    t: () => toggleTree(),
    Escape: () => select(null),
  };
  canvas.addEventListener('keydown', event => {
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  });
  const at = (event: MouseEvent) => hit(placed, (event.offsetX - x) / scale, (event.offsetY - y) / scale);
  canvas.addEventListener('wheel', event => {
    event.preventDefault();
    if (event.ctrlKey) return zoom(Math.exp(-event.deltaY / 300), event.offsetX, event.offsetY);
    x -= event.deltaX;
    y -= event.deltaY;
    draw();
  });
  canvas.addEventListener('pointerdown', start => {
    const [startX, startY, fromX, fromY] = [start.clientX, start.clientY, x, y];
    let dragged = false;
    canvas.setPointerCapture(start.pointerId);
    const drag = (event: PointerEvent) => {
      dragged ||= Math.hypot(event.clientX - startX, event.clientY - startY) > 4;
      if (dragged) [x, y] = [fromX + event.clientX - startX, fromY + event.clientY - startY];
      draw();
    };
    canvas.addEventListener('pointermove', drag);
    canvas.addEventListener(
      'pointerup',
      event => {
        canvas.removeEventListener('pointermove', drag);
        const target = at(event);
        if (dragged) return;
        if (target && 'key' in target) toggle(target.key);
        else select(target ? target.node.id : null);
      },
      { once: true },
    );
  });
  canvas.addEventListener('pointermove', event => {
    const target = at(event);
    const id = target && 'node' in target ? target.node.id : null;
    canvas.style.cursor = target ? 'pointer' : 'grab';
    canvas.title = target && 'node' in target ? cardText(target.node) : '';
    if (id !== hovered) {
      hovered = id;
      draw();
    }
  });
  new ResizeObserver(draw).observe(canvas);
  replace(
    tree,
    ...graph.nodes.map(node =>
      h(
        'li',
        { role: 'treeitem', id: `node-${node.id}`, 'aria-selected': 'false', onclick: () => select(node.id) },
        words(node),
      ),
    ),
  );
  const toggleTree = (): void => {
    element.classList.toggle('as-tree');
    draw();
  };
  select(null);

  return {
    element,
    select,
    selectLine: line =>
      select(graph.nodes.find(node => node.kind === 'op' && node.range?.start.line === line)?.id ?? null),
    refresh: draw,
    search: text => {
      const wanted = text.trim().toLowerCase();
      const hits =
        wanted === ''
          ? []
          : graph.nodes.filter(node => `${node.label} ${node.op} ${node.api ?? ''}`.toLowerCase().includes(wanted));
      matches = new Set(hits.map(node => node.id));
      if (hits[0]) select(hits[0].id);
      draw();
    },
    overlay: next => {
      overlay = next;
      draw();
    },
    openAll: open => {
      closed.clear();
      if (!open) for (const group of layout(graph, closed).groups) closed.add(group.key);
      placed = layout(graph, closed);
      draw();
    },
    toggleTree,
  };
}

const words = (node: TraceNode): string =>
  [
    node.label,
    typeText(node.dtype, node.shape),
    node.lane,
    node.ms === null ? null : timeText(node.ms),
    node.range ? `line ${node.range.start.line + 1}` : null,
    node.nonFinite > 0 ? 'not finite' : null,
  ]
    .filter(part => part !== null)
    .join(', ');

const cardText = (node: TraceNode): string => `${node.api ?? node.op}\n${words(node)}`;
