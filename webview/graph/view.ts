// The graph as a thing one can use: pan, zoom, select, search, collapse, with the mouse or with keys alone.
import type { Position } from '../../src/shared/positions.ts';
import type { TraceGraph, TraceNode } from '../../src/shared/trace.ts';
import { iconButton } from '../ui/buttons.ts';
import { h } from '../ui/dom.ts';
import { reducedMotion } from '../ui/motion.ts';
import { createCard } from './card.ts';
import { onThemeChange, readColors } from './colors.ts';
import { hit, isBroken, nameOf, paint, paintColumns, type Mark, type Scene } from './draw.ts';
import { layout, type Layout, type Placed } from './layout.ts';
import { createMinimap } from './minimap.ts';
import { graphModel, type GraphModel } from './model.ts';
import { overlayNames, readOverlay, type Overlay, type Reading } from './overlay.ts';
import { nodesAt } from './places.ts';
import { reachOf } from './reach.ts';
import { createTwin } from './twin.ts';

/** What is remembered when the page is thrown away: a few hundred bytes. */
export interface GraphMemory {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  readonly opened: readonly string[];
  readonly closed: readonly string[];
  readonly overlay: Overlay;
  readonly selected: string | null;
}

export interface Selection {
  readonly placed: Placed;
  readonly nodes: readonly TraceNode[];
  readonly upstream: number;
  readonly downstream: number;
}

export interface GraphEvents {
  /** `byUser`: the editor should follow; otherwise the selection came from there. */
  onSelect(selection: Selection | null, byUser: boolean): void;
  onSource(node: TraceNode): void;
  onOverlay(overlay: Overlay, reading: Reading | null): void;
  onMatches(count: number, at: number): void;
  onSearchKey(): void;
  onMemory(memory: GraphMemory): void;
  /** The source line of a node, for the card. */
  lineText(line: number): string | null;
}

export interface GraphView {
  readonly element: HTMLElement;
  readonly model: GraphModel;
  /** Selects a node and brings it into sight, opening what hides it; null clears. */
  select(id: number | null): void;
  /** Selects what stands at a place of the source, without telling the editor. */
  selectAt(position: Position): void;
  refresh(): void;
  search(text: string): void;
  nextMatch(step: 1 | -1): void;
  overlay(overlay: Overlay): void;
  openAll(open: boolean): void;
  toggleTree(): boolean;
  fit(whole: boolean): void;
  stale(lines: ReadonlySet<number>): void;
  /** The picture as it is now, for export. */
  scene(): Scene;
  focus(): void;
}

/** Groups are closed at first from this many ops on: inner ones, then all. */
const openUpTo = 80;
const allOpenUpTo = 1200;
const [smallest, largest] = [0.04, 3];
const toggleMs = 140;

export function createGraphView(graph: TraceGraph, events: GraphEvents, memory: GraphMemory | null): GraphView {
  const model = graphModel(graph);
  const canvas = h('canvas', {
    role: 'application',
    tabindex: 0,
    'aria-label': 'Computation graph',
    'aria-describedby': 'graph-keys',
  });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this page has no canvas');
  const keys = h(
    'p',
    { id: 'graph-keys', class: 'hidden' },
    'Arrow keys move between ops, Enter opens a group or shows the card, Backspace closes the group, M goes to the mirror op, N to the first op that is not finite, G to the source, T shows the list.',
  );
  const zoomText = h('span', { class: 'zoom-text' }, '100 %');
  const zoomBox = h(
    'div',
    { class: 'zoom-box' },
    iconButton('Zoom out (−)', 'minus', () => zoom(1 / 1.25)),
    zoomText,
    iconButton('Zoom in (+)', 'plus', () => zoom(1.25)),
    iconButton('Show everything (0)', 'fit', () => fit(true)),
  );
  const card = createCard(model, line => events.lineText(line));
  const twin = createTwin(key => select(key, true));
  const minimap = createMinimap((worldX, worldY) => {
    x = canvas.clientWidth / 2 - worldX * scale;
    y = canvas.clientHeight / 2 - worldY * scale;
    clamp();
    draw();
  });
  const element = h('div', { class: 'graph' }, canvas, minimap.element, zoomBox, card.element, twin.element, keys);

  const closed = new Set<string>();
  if (graph.nodes.length > openUpTo)
    for (const { key } of model.groups)
      if (graph.nodes.length > allOpenUpTo || key.split('/').length > 3) closed.add(key);
  const first = new Set(closed);
  for (const key of memory?.opened ?? []) closed.delete(key);
  for (const key of memory?.closed ?? []) closed.add(key);

  let compact = false;
  let placed: Layout = layout(model, { closed });
  let selected: string | null = memory?.selected ?? null;
  let hovered: string | null = null;
  let marks: ReadonlyMap<string, Mark> | null = null;
  let query = '';
  let matchList: readonly string[] = [];
  let matches: ReadonlySet<string> = new Set();
  let match = 0;
  let overlay: Overlay = memory?.overlay ?? 'none';
  let reading: Reading | null = readOverlay(placed, overlay);
  let staleNodes: ReadonlySet<number> = new Set();
  let [scale, x, y] = memory ? [memory.scale, memory.x, memory.y] : [1, 0, 0];
  let fitted = memory !== null;
  let keyboard = false;
  let before: Layout | null = null;
  let progress = 1;
  let frame = 0;
  let remember = 0;

  const scene = (): Scene => ({
    layout: placed,
    colors: readColors(),
    scale,
    x,
    y,
    width: canvas.clientWidth,
    height: canvas.clientHeight,
    compact,
    selected,
    hovered,
    marks,
    matches,
    match: matchList[match] ?? null,
    reading,
    stale: staleNodes,
    focused: keyboard && document.activeElement === canvas,
    before,
    progress,
  });
  const draw = (): void => {
    if (!frame) frame = requestAnimationFrame(drawNow);
  };
  const drawNow = (): void => {
    frame = 0;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width || !height) return;
    if (compact !== width < 700) {
      compact = !compact;
      placed = layout(model, { closed, compact });
      refreshMarks();
      fitted = false;
    }
    if (!fitted) fit(false);
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const now = scene();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = now.colors.ground;
    context.fillRect(0, 0, width, height);
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y);
    paint(context, now);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.globalAlpha = 0.92;
    context.fillStyle = now.colors.ground;
    context.fillRect(0, 0, width, 26);
    context.globalAlpha = 1;
    paintColumns(context, now);
    minimap.draw(now);
    zoomText.textContent = `${Math.round(scale * 100)} %`;
    clearTimeout(remember);
    remember = window.setTimeout(() => events.onMemory(memoryNow()), 300);
  };
  const memoryNow = (): GraphMemory => ({
    scale,
    x,
    y,
    opened: [...first].filter(key => !closed.has(key)).slice(0, 40),
    closed: [...closed].filter(key => !first.has(key)).slice(0, 40),
    overlay,
    selected,
  });

  const fit = (whole: boolean): void => {
    fitted = true;
    const margin = compact ? 10 : 24;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const wide = (width - 2 * margin) / (placed.width - placed.left);
    const high = (height - 20) / placed.height;
    const readable = compact ? Math.min(wide, 1.1) : Math.max(Math.min(wide, high), Math.min(wide, 0.9));
    scale = Math.min(compact ? 1.1 : 1.25, Math.max(smallest, whole ? Math.min(wide, high) : readable));
    x = (width - placed.width * scale) / 2;
    y = placed.height * scale < height ? Math.min(24, (height - placed.height * scale) / 2) : 0;
    draw();
  };
  const clamp = (): void => {
    const keep = 80;
    x = Math.min(canvas.clientWidth - keep, Math.max(keep - placed.width * scale, x));
    y = Math.min(canvas.clientHeight - keep, Math.max(keep - placed.height * scale, y));
  };
  const zoom = (factor: number, atX = canvas.clientWidth / 2, atY = canvas.clientHeight / 2): void => {
    const next = Math.min(largest, Math.max(smallest, scale * factor));
    x = atX - ((atX - x) * next) / scale;
    y = atY - ((atY - y) * next) / scale;
    scale = next;
    clamp();
    draw();
  };
  const reveal = (box: Placed): void => {
    const [left, top] = [box.x * scale + x, box.y * scale + y];
    const [right, bottom] = [left + box.w * scale, top + Math.min(box.h, 60) * scale];
    if (left < 16 || right > canvas.clientWidth - 16)
      x = Math.min(Math.max(x, x + 24 - left), x) + (left < 16 ? 24 - left : canvas.clientWidth - 24 - right);
    if (top < 36 || bottom > canvas.clientHeight - 24) y += canvas.clientHeight / 2 - top;
  };
  const idsOf = (box: Placed): readonly number[] =>
    (box.kind === 'group' ? box.members : box.bundle).map(node => node.id);

  const refreshMarks = (): void => {
    const box = selected === null ? undefined : placed.byKey.get(selected);
    marks = null;
    if (!box) return;
    const reach = reachOf(model, idsOf(box));
    const found = new Map<string, Mark>();
    for (const [side, steps] of [
      ['down', reach.downstream],
      ['up', reach.upstream],
    ] as const)
      for (const [id, count] of steps) {
        const key = placed.standIn.get(id)?.key;
        const known = key === undefined ? undefined : found.get(key);
        if (key !== undefined && key !== selected && (!known || known.side !== side || known.steps > count))
          found.set(key, { side, steps: count });
      }
    marks = found;
  };
  const select = (key: string | null, byUser: boolean, show = true): void => {
    selected = key !== null && placed.byKey.has(key) ? key : null;
    refreshMarks();
    const box = selected === null ? undefined : placed.byKey.get(selected);
    if (box && show && canvas.clientWidth) reveal(box);
    if (box) canvas.setAttribute('aria-activedescendant', twin.show(placed, box.key));
    else {
      twin.show(placed, null);
      canvas.removeAttribute('aria-activedescendant');
    }
    card.hide();
    const count = (side: Mark['side']) => [...(marks?.values() ?? [])].filter(mark => mark.side === side).length;
    events.onSelect(
      box
        ? {
            placed: box,
            nodes: box.kind === 'group' ? box.members : box.bundle,
            upstream: count('up'),
            downstream: count('down'),
          }
        : null,
      byUser,
    );
    draw();
  };
  const arrange = (): void => {
    placed = layout(model, { closed, compact });
    reading = readOverlay(placed, overlay);
    if (selected !== null && !placed.byKey.has(selected)) {
      const id = /^n(\d+)$/.exec(selected)?.[1];
      selected = id === undefined ? null : (placed.standIn.get(Number(id))?.key ?? null);
    }
    refreshMarks();
    findMatches();
    twin.show(placed, selected);
    events.onOverlay(overlay, reading);
  };
  /** Opens or closes a group; it stays where it is on the screen. */
  const toggle = (group: string, lane: 'forward' | 'backward' = 'forward'): void => {
    const key = `${lane}:${group}`;
    const [old, oldBox] = [placed, placed.byKey.get(key)];
    if (closed.has(group)) closed.delete(group);
    else closed.add(group);
    arrange();
    const box = placed.byKey.get(key);
    if (box && oldBox) {
      x += (oldBox.x - box.x) * scale;
      y += (oldBox.y - box.y) * scale;
    }
    card.hide();
    if (!reducedMotion() && old.nodes.length < 3000) {
      // The old boxes move with the toggled one.
      const shift = box && oldBox ? box.y - oldBox.y : 0;
      before = shifted(old, shift);
      progress = 0;
      const started = performance.now();
      const step = (now: number): void => {
        progress = Math.min(1, (now - started) / toggleMs);
        if (progress >= 1) before = null;
        else requestAnimationFrame(step);
        draw();
      };
      requestAnimationFrame(step);
    }
    draw();
  };
  /** Opens what hides a node. */
  const open = (id: number): void => {
    let box = placed.standIn.get(id);
    let opened = false;
    for (let depth = 0; box?.kind === 'group' && depth < 32; depth++) {
      closed.delete(box.group);
      placed = layout(model, { closed, compact });
      box = placed.standIn.get(id);
      opened = true;
    }
    if (opened) arrange();
  };
  const selectNode = (id: number | null, byUser: boolean): void => {
    if (id === null) return select(null, byUser);
    open(id);
    select(placed.standIn.get(id)?.key ?? null, byUser);
  };
  const findMatches = (): void => {
    const found = new Set<string>();
    const wanted = query.trim().toLowerCase();
    if (wanted)
      for (const node of graph.nodes) {
        const text = `${node.label} ${node.op} ${node.api ?? ''} ${node.dtype} ${node.group.join(' ')}`;
        const key = placed.standIn.get(node.id)?.key;
        if (key !== undefined && text.toLowerCase().includes(wanted)) found.add(key);
      }
    matches = found;
    matchList = [...found].sort((a, b) => {
      const [one, other] = [placed.byKey.get(a), placed.byKey.get(b)];
      return one && other ? one.y - other.y || one.x - other.x : 0;
    });
    match = Math.min(match, Math.max(0, matchList.length - 1));
    events.onMatches(matchList.length, match);
  };
  const setOverlay = (next: Overlay): void => {
    overlay = next;
    reading = readOverlay(placed, overlay);
    events.onOverlay(overlay, reading);
    draw();
  };
  const move = (dx: number, dy: number): void => {
    const boxes: Placed[] = [...placed.nodes, ...placed.groups.filter(group => group.closed)];
    const from = selected === null ? undefined : placed.byKey.get(selected);
    if (!from) {
      const start = boxes.filter(box => box.column === 'forward').sort((a, b) => a.y - b.y)[0] ?? boxes[0];
      return select(start?.key ?? null, true);
    }
    const middle = (box: Placed) => [box.x + box.w / 2, box.y + Math.min(box.h, 36) / 2] as const;
    const [fromX, fromY] = middle(from);
    let [best, distance]: [Placed | null, number] = [null, Infinity];
    for (const other of boxes) {
      const [otherX, otherY] = middle(other);
      const along = (otherX - fromX) * dx + (otherY - fromY) * dy;
      const across = Math.abs((otherX - fromX) * dy) + Math.abs((otherY - fromY) * dx);
      if (other !== from && along > 4 && along + 3 * across < distance) [best, distance] = [other, along + 3 * across];
    }
    if (best) select(best.key, true);
  };
  const selectedNode = (): TraceNode | null => {
    const box = selected === null ? undefined : placed.byKey.get(selected);
    return !box ? null : box.kind === 'group' ? (box.members[0] ?? null) : box.node;
  };
  const toggleTree = (): boolean => {
    const on = element.classList.toggle('as-tree');
    draw();
    return on;
  };

  const actions: Readonly<Record<string, () => void>> = {
    ArrowUp: () => move(0, -1),
    ArrowDown: () => move(0, 1),
    ArrowLeft: () => move(-1, 0),
    ArrowRight: () => move(1, 0),
    Enter: () => {
      const box = selected === null ? undefined : placed.byKey.get(selected);
      if (box?.kind === 'group') toggle(box.group, box.lane);
      else if (box) card.show(box, { scale, x, y, width: canvas.clientWidth, height: canvas.clientHeight });
    },
    Backspace: () => {
      const box = selected === null ? undefined : placed.byKey.get(selected);
      const group = box && placed.around.get(idsOf(box)[0] ?? -1);
      if (!box || group === undefined) return;
      const lane = box.column === 'backward' ? 'backward' : 'forward';
      toggle(group, lane);
      select(`${lane}:${group}`, true);
    },
    m: () => {
      const node = selectedNode();
      const other = node?.mirror ?? graph.nodes.find(each => each.mirror === node?.id)?.id;
      if (other !== undefined && other !== null) selectNode(other, true);
    },
    n: () => {
      const bad = graph.nodes.find(node => node.nonFinite > 0);
      if (bad) selectNode(bad.id, true);
    },
    g: () => {
      const node = selectedNode();
      if (node) events.onSource(node);
    },
    f: () => fit(false),
    '0': () => fit(true),
    '+': () => zoom(1.2),
    '=': () => zoom(1.2),
    '-': () => zoom(1 / 1.2),
    '/': () => events.onSearchKey(),
    t: () => toggleTree(),
    Escape: () => (card.visible ? card.hide() : select(null, true)),
    ...Object.fromEntries(overlayNames.map((name, index) => [String(index + 1), () => setOverlay(name)])),
  };
  element.addEventListener('keydown', event => {
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLButtonElement && event.key === 'Enter') return;
    event.preventDefault();
    keyboard = true;
    action();
  });
  for (const type of ['focus', 'blur'] as const)
    canvas.addEventListener(type, () => {
      if (type === 'focus') keyboard = canvas.matches(':focus-visible');
      draw();
    });

  const at = (event: MouseEvent) => hit(placed, (event.offsetX - x) / scale, (event.offsetY - y) / scale);
  canvas.addEventListener(
    'wheel',
    event => {
      event.preventDefault();
      card.hide();
      if (event.ctrlKey || event.metaKey) return zoom(Math.exp(-event.deltaY / 240), event.offsetX, event.offsetY);
      x -= event.shiftKey ? event.deltaY : event.deltaX;
      y -= event.shiftKey ? 0 : event.deltaY;
      clamp();
      draw();
    },
    { passive: false },
  );
  let drag: {
    readonly startX: number;
    readonly startY: number;
    readonly x: number;
    readonly y: number;
    moved: boolean;
  } | null = null;
  let hoverTimer = 0;
  canvas.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    keyboard = false;
    drag = { startX: event.clientX, startY: event.clientY, x, y, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', event => {
    if (drag) {
      const [dx, dy] = [event.clientX - drag.startX, event.clientY - drag.startY];
      drag.moved ||= Math.hypot(dx, dy) > 4;
      if (!drag.moved) return;
      [x, y] = [drag.x + dx, drag.y + dy];
      card.hide();
      clamp();
      return draw();
    }
    const target = at(event);
    canvas.style.setProperty('cursor', target ? 'pointer' : 'grab');
    if ((target?.key ?? null) === hovered) return;
    hovered = target?.key ?? null;
    clearTimeout(hoverTimer);
    card.hide();
    if (target && (target.kind === 'node' || target.closed))
      hoverTimer = window.setTimeout(
        () => card.show(target, { scale, x, y, width: canvas.clientWidth, height: canvas.clientHeight }),
        250,
      );
    draw();
  });
  canvas.addEventListener('pointerup', event => {
    const { moved } = drag ?? { moved: true };
    drag = null;
    if (moved) return;
    clearTimeout(hoverTimer);
    const target = at(event);
    if (target?.kind === 'group' && (event.offsetX - x) / scale < target.x + 24) toggle(target.group, target.lane);
    else select(target?.key ?? null, true, false);
  });
  canvas.addEventListener('dblclick', event => {
    const target = at(event);
    if (target?.kind === 'group' && (event.offsetX - x) / scale >= target.x + 24) toggle(target.group, target.lane);
  });
  canvas.addEventListener('pointerleave', () => {
    clearTimeout(hoverTimer);
    hovered = null;
    card.hide();
    draw();
  });
  new ResizeObserver(() => draw()).observe(canvas);
  onThemeChange(draw);
  select(selected, false, false);
  events.onOverlay(overlay, reading);

  return {
    element,
    model,
    select: id => selectNode(id, true),
    selectAt: position => {
      const found = nodesAt(graph, position);
      const box = selected === null ? undefined : placed.byKey.get(selected);
      if (!found.length || (box && idsOf(box).some(id => found.some(node => node.id === id)))) return;
      const target = found.find(node => node.lane === 'forward') ?? found[0];
      if (target) select(placed.standIn.get(target.id)?.key ?? null, false);
    },
    refresh: draw,
    search: text => {
      query = text;
      match = 0;
      findMatches();
      const key = matchList[0];
      const box = key === undefined ? undefined : placed.byKey.get(key);
      if (box) reveal(box);
      draw();
    },
    nextMatch: step => {
      if (!matchList.length) return;
      const again = selected !== null && matchList[match] === selected;
      match = again ? (match + step + matchList.length) % matchList.length : match;
      select(matchList[match] ?? null, true);
      events.onMatches(matchList.length, match);
    },
    overlay: setOverlay,
    openAll: openThem => {
      closed.clear();
      if (!openThem) for (const group of model.groups) closed.add(group.key);
      arrange();
      fit(false);
    },
    toggleTree,
    fit,
    stale: lines => {
      staleNodes = new Set(
        graph.nodes
          .filter(node => node.range && touches(lines, node.range.start.line, node.range.end.line))
          .map(node => node.id),
      );
      draw();
    },
    scene,
    focus: () => canvas.focus(),
  };
}

function touches(lines: ReadonlySet<number>, first: number, last: number): boolean {
  for (let line = first; line <= last; line++) if (lines.has(line)) return true;
  return false;
}

function shifted(old: Layout, dy: number): Layout {
  const byKey = new Map([...old.byKey].map(([key, box]) => [key, { ...box, y: box.y + dy }] as const));
  return { ...old, byKey };
}

export { isBroken, nameOf };
