// What the picture of a graph can be asked, and what it tells.
import type { Position } from '../../src/shared/positions.ts';
import type { TraceNode } from '../../src/shared/trace.ts';
import type { Camera } from './camera.ts';
import type { Placed } from './layout.ts';
import type { GraphModel } from './model.ts';
import type { Overlay, Reading } from './overlay.ts';
import type { Scene } from './scene.ts';

/** What is remembered when the page is thrown away: a few hundred bytes. */
export interface GraphMemory extends Camera {
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
  onTree(on: boolean): void;
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
  toggleTree(): void;
  stale(lines: ReadonlySet<number>): void;
  /** The picture as it is now, for export. */
  scene(): Scene;
  focus(): void;
}
