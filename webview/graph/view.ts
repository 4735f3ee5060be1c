// The graph as a thing one can use: what is arranged, seen, selected and searched, and the picture of it.
import type { TraceGraph, TraceNode } from '../../src/shared/trace.ts';
import { iconButton } from '../ui/buttons.ts';
import { h } from '../ui/dom.ts';
import { reducedMotion } from '../ui/motion.ts';
import type { GraphEvents, GraphMemory, GraphView } from './api.ts';
import { createArrangement } from './arrangement.ts';
import { clamped, fitted, revealed, zoomed, type Camera } from './camera.ts';
import { createCard } from './card.ts';
import { onThemeChange, readColors } from './colors.ts';
import { paintCanvas } from './draw.ts';
import { pressed } from './keyboard.ts';
import type { Layout, Placed, PlacedGroup } from './layout.ts';
import { matchesOf } from './matches.ts';
import { createMinimap } from './minimap.ts';
import { graphModel } from './model.ts';
import { readOverlay, type Overlay, type Reading } from './overlay.ts';
import { nodesAt } from './places.ts';
import { followPointer } from './pointer.ts';
import type { Mark, Scene } from './scene.ts';
import { idsOf, keptKey, marksOf, nearest } from './selection.ts';
import { createTwin } from './twin.ts';

/** Below this width only the lanes are drawn. */
const compactBelow = 700;
const toggleMs = 140;
/** Larger pictures jump. */
const mostMoving = 3000;

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
    'Arrow keys move between ops, Enter opens a group or shows the card, Backspace closes the group, M goes to the mirror op, N to the first op that is not finite, G to the source, T shows the list, the question mark lists all keys.',
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
  const twin = createTwin(model, key => select(key, true));
  const minimap = createMinimap((worldX, worldY) => {
    const { width, height } = stage();
    look({ scale: camera.scale, x: width / 2 - worldX * camera.scale, y: height / 2 - worldY * camera.scale });
  });
  const element = h('div', { class: 'graph' }, canvas, minimap.element, zoomBox, card.element, twin.element, keys);

  let selected: string | null = memory?.selected ?? null;
  let hovered: string | null = null;
  let marks: ReadonlyMap<string, Mark> | null = null;
  let query = '';
  let matchList: readonly string[] = [];
  let matches: ReadonlySet<string> = new Set();
  let match = 0;
  let overlay: Overlay = memory?.overlay ?? 'none';
  let reading: Reading | null = null;
  let staleNodes: ReadonlySet<number> = new Set();
  let camera: Camera = memory ?? { scale: 1, x: 0, y: 0 };
  let isFitted = memory !== null;
  let keyboard = false;
  let asTree = false;
  let before: Layout | null = null;
  let progress = 1;
  let frame = 0;
  let remember = 0;

  const arrangement = createArrangement(model, memory, () => {
    const { layout } = arrangement;
    reading = readOverlay(layout, overlay);
    findMatches();
    const kept = keptKey(selected, layout);
    if (kept !== selected) select(kept, false, false);
    else {
      marks = marksOf(model, layout, selected);
      twin.show(layout, selected);
      card.hide();
    }
    events.onOverlay(overlay, reading);
    sayBusy();
    draw();
  });
  const sayBusy = (): void => {
    element.classList.toggle('arranging', arrangement.busy);
    element.setAttribute('aria-busy', String(arrangement.busy));
  };
  const boxOf = (key: string | null): Placed | undefined =>
    key === null ? undefined : arrangement.layout.byKey.get(key);
  const sayRow = (row: string): void => {
    for (const each of [canvas, twin.element])
      if (row) each.setAttribute('aria-activedescendant', row);
      else each.removeAttribute('aria-activedescendant');
  };
  const stage = () => ({ width: canvas.clientWidth, height: canvas.clientHeight });

  const scene = (): Scene => ({
    layout: arrangement.layout,
    colors: readColors(),
    ...camera,
    ...stage(),
    compact: arrangement.compact,
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
    const { width, height } = stage();
    if (!width || !height) return;
    if (arrangement.compact !== width < compactBelow)
      arrangement.setCompact(width < compactBelow, () => {
        isFitted = false;
        draw();
      });
    sayBusy();
    if (!isFitted && arrangement.layout.nodes.length + arrangement.layout.groups.length) fit(false);
    const now = scene();
    paintCanvas(context, now);
    minimap.draw(now);
    zoomText.textContent = `${Math.round(camera.scale * 100)} %`;
    clearTimeout(remember);
    remember = window.setTimeout(
      () => events.onMemory({ ...camera, ...arrangement.remembered, overlay, selected }),
      300,
    );
  };

  const look = (next: Camera): void => {
    camera = clamped(next, arrangement.layout, stage());
    draw();
  };
  const fit = (whole: boolean): void => {
    isFitted = true;
    camera = fitted(arrangement.layout, stage(), arrangement.compact, whole);
    draw();
  };
  const zoom = (factor: number, at = { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 }): void =>
    look(zoomed(camera, factor, at));

  const select = (key: string | null, byUser: boolean, show = true): void => {
    const { layout } = arrangement;
    const box = boxOf(key);
    selected = box?.key ?? null;
    marks = marksOf(model, layout, selected);
    if (box && show && canvas.clientWidth) camera = revealed(camera, box, stage());
    sayRow(twin.show(layout, selected));
    card.hide();
    const count = (side: Mark['side']) => [...(marks?.values() ?? [])].filter(mark => mark.side === side).length;
    const nodes = box && (box.kind === 'group' ? box.members : box.bundle);
    events.onSelect(
      box && nodes ? { placed: box, nodes, upstream: count('up'), downstream: count('down') } : null,
      byUser,
    );
    draw();
  };
  const selectNode = (id: number | null, byUser: boolean): void => {
    if (id === null) return select(null, byUser);
    arrangement.uncover(id, () => select(arrangement.layout.standIn.get(id)?.key ?? null, byUser));
  };
  const selectedNode = (): TraceNode | null => {
    const box = boxOf(selected);
    return !box ? null : box.kind === 'group' ? (box.members[0] ?? null) : box.node;
  };
  /** Opens or closes a group; it stays where it is on the screen. */
  const toggle = ({ group, key, closed }: Pick<PlacedGroup, 'group' | 'key' | 'closed'>, then = () => {}): void => {
    arrangement.setClosed(group, !closed, old => {
      const [oldBox, box] = [old.byKey.get(key), boxOf(key)];
      const { scale, x, y } = camera;
      if (box && oldBox) camera = { scale, x: x + (oldBox.x - box.x) * scale, y: y + (oldBox.y - box.y) * scale };
      if (!reducedMotion() && old.nodes.length < mostMoving)
        // The old boxes move with the toggled one.
        move(shifted(old, box && oldBox ? box.y - oldBox.y : 0));
      then();
      draw();
    });
    sayBusy();
  };
  const move = (from: Layout): void => {
    before = from;
    progress = 0;
    const started = performance.now();
    const step = (now: number): void => {
      progress = Math.min(1, Math.max(0, (now - started) / toggleMs));
      if (progress >= 1) before = null;
      else requestAnimationFrame(step);
      draw();
    };
    requestAnimationFrame(step);
  };
  /** The open group around a box, or the box itself where it is one. */
  const groupAround = (box: Placed): string | null =>
    box.kind === 'node'
      ? (model.groupOf.get(box.node.id)?.key ?? null)
      : box.closed
        ? (model.groups.find(({ key }) => key === box.group)?.parent ?? null)
        : box.group;
  const findMatches = (): void => {
    matchList = matchesOf(graph, arrangement.layout, query);
    matches = new Set(matchList);
    match = Math.min(match, Math.max(0, matchList.length - 1));
    events.onMatches(matchList.length, match);
  };
  const setOverlay = (next: Overlay): void => {
    overlay = next;
    reading = readOverlay(arrangement.layout, overlay);
    events.onOverlay(overlay, reading);
    draw();
  };
  const toggleTree = (): void => {
    asTree = element.classList.toggle('as-tree');
    events.onTree(asTree);
    sayRow(twin.show(arrangement.layout, selected));
    // What is hidden cannot keep the keyboard.
    (asTree ? twin.element : canvas).focus();
    draw();
  };
  const showCard = (box: Placed): void => card.show(box, { ...camera, ...stage() });

  element.addEventListener('keydown', event => {
    const done = pressed(event, {
      move: (dx, dy) => {
        const box = boxOf(selected);
        if (asTree && dy) return select(twin.beside(selected, dy), true);
        // As in every tree: right opens, left closes or goes to the group.
        if (asTree && box?.kind === 'group' && box.closed === dx > 0) return toggle(box);
        if (asTree) {
          const group = dx < 0 && box ? groupAround(box) : null;
          return group ? select(`${laneOf(box)}:${group}`, true) : undefined;
        }
        const next = nearest(arrangement.layout, boxOf(selected), dx, dy);
        if (next) select(next.key, true);
      },
      enter: () => {
        const box = boxOf(selected);
        if (box?.kind === 'group') toggle(box);
        else if (box) showCard(box);
      },
      closeAround: () => {
        const box = boxOf(selected);
        const group = box && groupAround(box);
        if (!box || !group) return;
        const key = `${laneOf(box)}:${group}`;
        toggle({ group, key, closed: false }, () => select(key, true));
      },
      mirror: () => {
        const node = selectedNode();
        const other = node?.mirror ?? graph.nodes.find(each => each.mirror === node?.id)?.id;
        if (other !== undefined && other !== null) selectNode(other, true);
      },
      firstBroken: () => {
        const bad = graph.nodes.find(node => node.nonFinite > 0);
        if (bad) selectNode(bad.id, true);
      },
      source: () => {
        const node = selectedNode();
        if (node) events.onSource(node);
      },
      fit,
      zoom: factor => zoom(factor),
      overlay: setOverlay,
      search: () => events.onSearchKey(),
      tree: toggleTree,
      clear: () => (card.visible ? card.hide() : select(null, true)),
    });
    if (!done) return;
    keyboard = true;
    draw();
  });
  for (const type of ['focus', 'blur'] as const)
    canvas.addEventListener(type, () => {
      if (type === 'focus') keyboard = canvas.matches(':focus-visible');
      draw();
    });
  followPointer(canvas, {
    get layout() {
      return arrangement.layout;
    },
    get camera() {
      return camera;
    },
    get hovered() {
      return hovered;
    },
    panTo: (x, y) => look({ scale: camera.scale, x, y }),
    zoom,
    hover: key => {
      hovered = key;
      draw();
    },
    rest: box => (box ? showCard(box) : card.hide()),
    press: () => (keyboard = false),
    select: box => select(box?.key ?? null, true, false),
    toggle,
  });
  new ResizeObserver(() => draw()).observe(canvas);
  onThemeChange(draw);
  reading = readOverlay(arrangement.layout, overlay);
  arrangement.settled(() => select(selected, false, false));
  events.onOverlay(overlay, reading);

  return {
    element,
    model,
    select: id => selectNode(id, true),
    selectAt: position => {
      const found = nodesAt(graph, position);
      const box = boxOf(selected);
      if (!found.length || (box && idsOf(box).some(id => found.some(node => node.id === id)))) return;
      const target = found.find(node => node.lane === 'forward') ?? found[0];
      if (target) select(arrangement.layout.standIn.get(target.id)?.key ?? null, false);
    },
    refresh: draw,
    search: text => {
      query = text;
      match = 0;
      findMatches();
      const box = boxOf(matchList[0] ?? null);
      if (box) camera = revealed(camera, box, stage());
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
    openAll: open => {
      arrangement.setAll(!open, () => fit(false));
      sayBusy();
    },
    toggleTree,
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

const laneOf = (box: Placed | undefined): 'forward' | 'backward' =>
  box?.column === 'backward' ? 'backward' : 'forward';

function touches(lines: ReadonlySet<number>, first: number, last: number): boolean {
  for (let line = first; line <= last; line++) if (lines.has(line)) return true;
  return false;
}

function shifted(old: Layout, dy: number): Layout {
  const byKey = new Map([...old.byKey].map(([key, box]) => [key, { ...box, y: box.y + dy }] as const));
  return { ...old, byKey };
}
