// Icons: 16 × 16, thin strokes in the text's colour.
import { svg } from './dom.ts';

const paths = {
  run: 'M4.5 3v10l8-5z',
  export: 'M8 10V2.5M5.2 5 8 2.2 10.8 5M3 9v4.5h10V9',
  more: 'M3 7.6a.4.4 0 1 0 .01 0M8 7.6a.4.4 0 1 0 .01 0M13 7.6a.4.4 0 1 0 .01 0',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  tree: 'M3 3h5M6 8h7M6 13h7M4 3v10h2M4 8h2',
  open: 'M3 6h10M3 10h10M6.5 3.3 8 1.8l1.5 1.5M6.5 12.7 8 14.2l1.5-1.5',
  close: 'M3 6h10M3 10h10M6.5 1.5 8 3l1.5-1.5M6.5 14.5 8 13l1.5 1.5',
  side: 'M2 2.5h12v11H2zM10 2.5v11',
  code: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  grid: 'M2.5 2.5h11v11h-11zM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11M9.8 2.5v11',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  warning: 'M8 2.5 14 13H2zM8 6.5v3M8 11.3v.2',
  error: 'M8 2.2a5.8 5.8 0 1 0 .01 0M6 6l4 4M10 6l-4 4',
  check: 'm3 8.5 3.5 3.5L13 4.5',
  busy: 'M13 8a5 5 0 1 1-1.6-3.7M13.3 2.3V5h-2.7',
  cross: 'm4 4 8 8M12 4l-8 8',
  help: 'M6 6.2a2 2 0 1 1 2.9 1.9c-.6.3-.9.7-.9 1.4M8 11.6v.2M8 2.2a5.8 5.8 0 1 0 .01 0',
  next: 'm3.5 6 4.5 4.5L12.5 6',
  previous: 'm3.5 10.5L8 6l4.5 4.5',
} as const;

export type Icon = keyof typeof paths;

export const icon = (name: Icon): SVGElement =>
  svg(
    'svg',
    { class: 'icon', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' },
    svg('path', { d: paths[name] }),
  );
