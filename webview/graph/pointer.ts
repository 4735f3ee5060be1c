// The pointer on the picture: drag and wheel pan, Ctrl and wheel zoom, a rest shows the card, a click selects, a chevron toggles.
import { size, type Box, type Layout, type Placed } from './layout.ts';
import type { Camera } from './camera.ts';

export interface PointerEvents {
  readonly layout: Layout;
  readonly camera: Camera;
  readonly hovered: string | null;
  panTo(x: number, y: number): void;
  zoom(factor: number, at: { readonly x: number; readonly y: number }): void;
  hover(key: string | null): void;
  /** The pointer rests on a box; null: it left. */
  rest(box: Placed | null): void;
  press(): void;
  select(box: Placed | null): void;
  toggle(group: Extract<Placed, { kind: 'group' }>): void;
}

const restMs = 250;
/** How far a pointer may stray for a click, and how much of a group's head is its chevron. */
const [stray, chevron] = [4, 24];

export function followPointer(canvas: HTMLCanvasElement, events: PointerEvents): void {
  const world = (event: MouseEvent) => {
    const { scale, x, y } = events.camera;
    return [(event.offsetX - x) / scale, (event.offsetY - y) / scale] as const;
  };
  const at = (event: MouseEvent) => hit(events.layout, ...world(event));
  const onChevron = (box: Placed, event: MouseEvent) => world(event)[0] < box.x + chevron;
  interface Drag {
    readonly startX: number;
    readonly startY: number;
    readonly x: number;
    readonly y: number;
    moved: boolean;
  }
  let drag: Drag | null = null;
  let timer = 0;
  const leave = (): void => {
    clearTimeout(timer);
    events.rest(null);
  };
  canvas.addEventListener(
    'wheel',
    event => {
      event.preventDefault();
      leave();
      if (event.ctrlKey || event.metaKey)
        return events.zoom(Math.exp(-event.deltaY / 240), { x: event.offsetX, y: event.offsetY });
      const { x, y } = events.camera;
      if (event.shiftKey) events.panTo(x - event.deltaY, y);
      else events.panTo(x - event.deltaX, y - event.deltaY);
    },
    { passive: false },
  );
  canvas.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    events.press();
    const { x, y } = events.camera;
    drag = { startX: event.clientX, startY: event.clientY, x, y, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', event => {
    if (drag) {
      const [dx, dy] = [event.clientX - drag.startX, event.clientY - drag.startY];
      drag.moved ||= Math.hypot(dx, dy) > stray;
      if (!drag.moved) return;
      leave();
      canvas.style.setProperty('cursor', 'grabbing');
      return events.panTo(drag.x + dx, drag.y + dy);
    }
    const box = at(event);
    canvas.style.setProperty('cursor', box ? 'pointer' : 'grab');
    if ((box?.key ?? null) === events.hovered) return;
    leave();
    events.hover(box?.key ?? null);
    if (box && (box.kind === 'node' || box.closed)) timer = window.setTimeout(() => events.rest(box), restMs);
  });
  canvas.addEventListener('pointerup', event => {
    const { moved } = drag ?? { moved: true };
    drag = null;
    if (moved) return canvas.style.setProperty('cursor', 'grab');
    clearTimeout(timer);
    const box = at(event);
    if (box?.kind === 'group' && onChevron(box, event)) events.toggle(box);
    else events.select(box);
  });
  canvas.addEventListener('dblclick', event => {
    const box = at(event);
    if (box?.kind === 'group' && !onChevron(box, event)) events.toggle(box);
  });
  canvas.addEventListener('pointerleave', () => {
    leave();
    events.hover(null);
  });
}

/** The box under a point; nodes and closed groups win, then the head of the innermost open group. */
export function hit({ nodes, groups }: Layout, x: number, y: number): Placed | null {
  const inside = (box: Box) => x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
  const box = nodes.find(inside) ?? groups.find(group => group.closed && inside(group));
  if (box) return box;
  const heads = groups.filter(group => inside(group) && y <= group.y + size.head);
  return heads.sort((a, b) => b.level - a.level)[0] ?? null;
}
