// Overlays: a value of each op as tint, bar and number. Categories name only the exceptions.
import type { TraceNode } from '../../src/shared/trace.ts';
import { bytesText, numberText, timeText } from '../ui/format.ts';
import { dtypes } from '../../src/shared/dtypes.ts';
import type { Colors } from './colors.ts';
import type { Layout, Placed } from './layout.ts';

export type Overlay = 'none' | 'time' | 'memory' | 'gradient' | 'dtype' | 'device';

interface Measure {
  readonly kind: 'measure';
  readonly title: string;
  readonly note: string;
  readonly hue: 'yellow' | 'blue' | 'purple';
  readonly log: boolean;
  readonly of: (node: TraceNode) => number | null;
  readonly text: (value: number) => string;
  /** How the members of a group come together. */
  readonly sum: boolean;
}
interface Category {
  readonly kind: 'category';
  readonly title: string;
  readonly of: (node: TraceNode) => string;
}

const deviceName = { wasm: 'CPU', webgpu: 'GPU', python: 'Python' } as const;
const shortDtype = (node: TraceNode): string => dtypes[node.dtype]?.short ?? node.dtype;

export const overlays: Readonly<
  Record<Overlay, Measure | Category | { readonly kind: 'none'; readonly title: string }>
> = {
  none: { kind: 'none', title: 'None' },
  time: {
    kind: 'measure',
    title: 'Time',
    note: 'per kernel; welded ops share one',
    hue: 'yellow',
    log: false,
    of: node => node.ms,
    text: timeText,
    sum: true,
  },
  memory: {
    kind: 'measure',
    title: 'Memory',
    note: 'size of the result, log scale',
    hue: 'blue',
    log: true,
    of: node => node.bytes,
    text: bytesText,
    sum: true,
  },
  gradient: {
    kind: 'measure',
    title: 'Gradient',
    note: 'norm of what runs backward, log scale',
    hue: 'purple',
    log: true,
    of: node => (node.lane === 'backward' ? (node.norm ?? null) : null),
    text: numberText,
    sum: false,
  },
  dtype: { kind: 'category', title: 'Dtype', of: shortDtype },
  device: { kind: 'category', title: 'Device', of: node => deviceName[node.device] },
};

export const overlayNames = Object.keys(overlays) as readonly Overlay[];

const membersOf = (placed: Placed): readonly TraceNode[] => (placed.kind === 'group' ? placed.members : placed.bundle);

/** What an overlay says of every box of a layout. */
export interface Reading {
  /** 0 to 1, or null where there is nothing to say. */
  share(placed: Placed): number | null;
  text(placed: Placed): string;
  /** The category is not the usual one. */
  exception(placed: Placed): boolean;
  readonly hue: keyof Colors & ('yellow' | 'blue' | 'purple');
  readonly low: number;
  readonly high: number;
  readonly categories: readonly (readonly [string, number])[];
}

export function readOverlay(layout: Layout, overlay: Overlay): Reading | null {
  const spec = overlays[overlay];
  const boxes: Placed[] = [...layout.nodes, ...layout.groups.filter(group => group.closed)];
  switch (spec.kind) {
    case 'none':
      return null;
    case 'measure': {
      const value = (placed: Placed): number | null => {
        const values = membersOf(placed)
          .map(spec.of)
          .filter(each => each !== null);
        if (!values.length) return null;
        return spec.sum ? values.reduce((sum, each) => sum + each, 0) : Math.max(...values);
      };
      let [low, high] = [Infinity, 0];
      for (const box of boxes) {
        const each = value(box);
        if (each === null || !(each > 0) || !Number.isFinite(each)) continue;
        low = Math.min(low, each);
        high = Math.max(high, each);
      }
      return {
        share: placed => {
          const each = value(placed);
          if (each === null || !(each > 0) || !Number.isFinite(each)) return null;
          if (!spec.log) return each / high;
          return low === high ? 1 : 0.04 + (0.96 * Math.log(each / low)) / Math.log(high / low);
        },
        text: placed => {
          const each = value(placed);
          return each === null ? '' : spec.text(each);
        },
        exception: () => false,
        hue: spec.hue,
        low: Number.isFinite(low) ? low : 0,
        high,
        categories: [],
      };
    }
    case 'category': {
      const counts = new Map<string, number>();
      for (const box of boxes)
        for (const node of membersOf(box)) counts.set(spec.of(node), (counts.get(spec.of(node)) ?? 0) + 1);
      const categories = [...counts].sort((a, b) => b[1] - a[1]);
      const usual = categories[0]?.[0];
      const own = (placed: Placed) => [...new Set(membersOf(placed).map(spec.of))];
      const exception = (placed: Placed) => own(placed).some(name => name !== usual);
      return {
        share: () => null,
        text: placed => (exception(placed) ? own(placed).join(', ') : ''),
        exception,
        hue: 'yellow',
        low: 0,
        high: 0,
        categories,
      };
    }
    default:
      return spec satisfies never;
  }
}
