// The Plots tab: what matplotlib was asked to draw.
import type { Figure } from '../../src/shared/tensors.ts';
import type { Host } from '../host.ts';
import { h } from '../ui/dom.ts';
import { plural } from '../ui/format.ts';
import { foot, type Tab } from '../ui/tabs.ts';

export function plotsTab(figures: readonly Figure[], host: Host): Tab {
  void host;
  return {
    id: 'plots',
    title: 'Plots',
    panel: h('div', { class: 'plots' }),
    foot: foot(h('span', {}, plural(figures.length, 'figure'))),
  };
}
