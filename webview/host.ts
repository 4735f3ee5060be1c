// What a page can ask of the place that it stands in: the editor's panel, or a file of its own (the report).
import type { PanelCommand, PanelTab } from '../src/shared/panel.ts';
import type { Range } from '../src/shared/positions.ts';
import type { Slice, SliceRequest } from '../src/shared/tensors.ts';
import type { GraphMemory } from './graph/api.ts';

/** What survives when the page is hidden or the window closes: a few KB. */
export interface PageMemory {
  readonly tab?: PanelTab;
  /** Of which file the rest is. */
  readonly path?: string;
  readonly graph?: GraphMemory;
  readonly tensor?: string;
}

export interface Host {
  /** Commands, the editor and the kernel are there. */
  readonly inEditor: boolean;
  readonly memory: PageMemory;
  remember(part: PageMemory): void;
  /** Shows a range in the editor; `focus` also moves the keyboard there. */
  reveal(range: Range, focus?: boolean): void;
  command(command: PanelCommand): void;
  save(name: string, kind: 'svg' | 'png' | 'csv', content: string | Uint8Array): void;
  copy(text: string): void;
  slice(request: SliceRequest): Promise<Slice>;
}
