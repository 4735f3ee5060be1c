// What the panel and its page say to each other.
import type { ReportData } from './report.ts';
import type { Position, Range } from './positions.ts';
import type { Figure, Slice, SliceRequest, TensorRow } from './tensors.ts';
import type { PythonError } from './trace.ts';

export type PanelTab = 'overview' | 'graph' | 'gradients' | 'tensors' | 'plots' | 'timings' | 'compare';

/** A run that has ended, with everything that is known about its file. */
export interface PanelRun {
  readonly report: ReportData;
  readonly tensors: readonly TensorRow[];
  readonly figures: readonly Figure[];
  /** The namespace that tensors are sliced from; null where the kernel no longer has it. */
  readonly namespace: string | null;
}

export interface Step {
  readonly label: string;
  readonly state: 'done' | 'active' | 'waiting';
  /** "1,240 ops", "0.4 s". */
  readonly note?: string;
}

export type PanelState =
  /** Nothing has run yet; with a title, that program can be run again (the panel was restored with the window). */
  | { readonly kind: 'empty'; readonly title?: string }
  | {
      readonly kind: 'loading';
      readonly title: string;
      readonly steps: readonly Step[];
      /** Milliseconds since the epoch, and the limit in seconds (0: none). */
      readonly startedAt: number;
      readonly limit: number;
    }
  | { readonly kind: 'ready'; readonly run: PanelRun }
  /** Python raised an error; what ran before it can be looked at. */
  | { readonly kind: 'error'; readonly error: PythonError; readonly run: PanelRun | null }
  /** The kernel stopped or was ended. */
  | { readonly kind: 'dead'; readonly title: string; readonly reason: string; readonly lost: string };

export type ToPanel =
  | { readonly type: 'show'; readonly state: PanelState; readonly tab?: PanelTab }
  | { readonly type: 'tab'; readonly tab: PanelTab }
  /** Lines that changed since the run; empty: what is shown is current. */
  | { readonly type: 'stale'; readonly lines: readonly number[] }
  /** The cursor stands here: select the node of that place. */
  | { readonly type: 'select'; readonly position: Position }
  /** Open this tensor. */
  | { readonly type: 'tensor'; readonly name: string }
  | { readonly type: 'slice'; readonly id: number; readonly slice: Slice | null; readonly problem?: string };

/** Commands of the editor that the page can give. */
export type PanelCommand =
  | 'run'
  | 'cancel'
  | 'restart'
  | 'exportHtml'
  | 'exportProfile'
  | 'checkGradients'
  | 'showOutput'
  | 'compare'
  | 'openDiff';

export type FromPanel =
  /** The page is loaded, or loaded again. */
  | { readonly type: 'ready' }
  /** Show the range in the editor; `focus` also moves the keyboard there (Enter and G do, a click does not). */
  | { readonly type: 'reveal'; readonly range: Range; readonly focus?: boolean }
  | { readonly type: 'command'; readonly command: PanelCommand }
  /** A picture that the page drew, for a file the user chooses. */
  | {
      readonly type: 'save';
      readonly name: string;
      readonly kind: 'svg' | 'png' | 'csv';
      readonly content: string | Uint8Array;
    }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'slice'; readonly id: number; readonly request: SliceRequest };
