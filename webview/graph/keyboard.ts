// The keys of the picture: one table for what they do and for what the help says of them.
import type { KeyRow } from '../ui/help.ts';
import { overlayNames, overlays, type Overlay } from './overlay.ts';

export interface KeyActions {
  move(dx: number, dy: number): void;
  enter(): void;
  closeAround(): void;
  mirror(): void;
  firstBroken(): void;
  source(): void;
  fit(whole: boolean): void;
  zoom(factor: number): void;
  overlay(overlay: Overlay): void;
  search(): void;
  tree(): void;
  clear(): void;
}

interface Row extends KeyRow {
  /** By `KeyboardEvent.key`, letters in lower case. */
  readonly does: Readonly<Record<string, (actions: KeyActions) => void>>;
}

const rows: readonly Row[] = [
  {
    keys: ['←', '↑', '↓', '→'],
    says: 'To the nearest op that way',
    does: {
      ArrowUp: actions => actions.move(0, -1),
      ArrowDown: actions => actions.move(0, 1),
      ArrowLeft: actions => actions.move(-1, 0),
      ArrowRight: actions => actions.move(1, 0),
    },
  },
  { keys: ['Enter'], says: 'Open or close the group, or show the card', does: { Enter: actions => actions.enter() } },
  { keys: ['Backspace'], says: 'Close the group around it', does: { Backspace: actions => actions.closeAround() } },
  { keys: ['M'], says: 'To the mirror op: its derivative, and back', does: { m: actions => actions.mirror() } },
  { keys: ['N'], says: 'To the first op that is not finite', does: { n: actions => actions.firstBroken() } },
  { keys: ['G'], says: 'Go to the source', does: { g: actions => actions.source() } },
  { keys: ['F'], says: 'Fit the width', does: { f: actions => actions.fit(false) } },
  { keys: ['0'], says: 'Show everything', does: { '0': actions => actions.fit(true) } },
  {
    keys: ['+', '−'],
    says: 'Zoom',
    does: {
      '+': actions => actions.zoom(1.2),
      '=': actions => actions.zoom(1.2),
      '-': actions => actions.zoom(1 / 1.2),
    },
  },
  {
    keys: overlayNames.map((_, index) => String(index + 1)),
    says: `Overlay: ${overlayNames.map(name => overlays[name].title.toLowerCase()).join(', ')}`,
    does: Object.fromEntries(
      overlayNames.map((name, index) => [String(index + 1), (actions: KeyActions) => actions.overlay(name)]),
    ),
  },
  {
    keys: ['/'],
    says: 'Search; then Enter for the next match, Shift+Enter for the one before',
    does: { '/': actions => actions.search() },
  },
  { keys: ['T'], says: 'List instead of picture', does: { t: actions => actions.tree() } },
  { keys: ['Esc'], says: 'Clear the selection', does: { Escape: actions => actions.clear() } },
];

export const graphKeys: readonly KeyRow[] = rows;

const byKey = new Map(rows.flatMap(row => Object.entries(row.does)));

/** Carries out a key; false where it is none of the picture's. */
export function pressed(event: KeyboardEvent, actions: KeyActions): boolean {
  const action = byKey.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
  if (!action || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.target instanceof HTMLButtonElement && event.key === 'Enter') return false;
  event.preventDefault();
  action(actions);
  return true;
}
