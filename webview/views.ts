// The tabs of one run, for the panel and for the report.
import type { PanelRun, PanelTab } from '../src/shared/panel.ts';
import type { Position } from '../src/shared/positions.ts';
import type { TraceNode } from '../src/shared/trace.ts';
import { compareTab } from './compare/tab.ts';
import { gradientTab } from './gradients/tab.ts';
import { withNames } from './graph/names.ts';
import { graphTab } from './graph/tab.ts';
import type { Host } from './host.ts';
import { overviewTab } from './overview.ts';
import { plotsTab } from './plots/tab.ts';
import { tensorTab } from './tensors/tab.ts';
import { timingTab } from './timings/tab.ts';
import { createPage, type Page, type Tab } from './ui/tabs.ts';

export interface Views {
  readonly page: Page;
  selectAt(position: Position): void;
  openTensor(name: string): void;
  stale(lines: readonly number[]): void;
  /** Of the whole page, for a menu. */
  exports(): readonly (readonly [string, () => void])[];
}

export function createViews(
  { report: given, tensors, figures, namespace }: PanelRun,
  host: Host,
  trailing: HTMLElement,
  first: PanelTab,
): Views {
  const run = given.run ? withNames(given.run) : null;
  const report = { ...given, run };
  const items: Tab[] = [];
  const overview = overviewTab(report, host);
  const tensor = tensorTab(tensors, namespace, host);
  const tensorOf = (node: TraceNode): (() => void) | null => {
    const name = node.label.replace(/^∂/, '');
    const gradient = node.kind === 'gradient';
    const row = tensors.find(each =>
      gradient ? each.gradientOf === name : each.name === name && each.shape.join() === node.shape.join(),
    );
    return row ? () => (page.show('tensors'), tensor.open(row.name)) : null;
  };
  const graph = run ? graphTab({ run, title: report.title, source: report.source, host, openTensor: tensorOf }) : null;
  const toNode = (id: number): void => {
    page.show('graph');
    graph?.view?.select(id);
  };
  if (run && graph) {
    items.push(graph.tab);
    items.push(gradientTab(run, host, toNode));
    if (tensors.length || host.inEditor) items.push(tensor.tab);
    if (figures.length || host.inEditor) items.push(plotsTab(figures, host));
    items.push(timingTab(run, report.source, host, toNode));
  }
  if (report.comparison || host.inEditor) items.push(compareTab(report, host));
  // In a file of its own the overview is the cover; in the editor the graph is what the panel is for.
  if (host.inEditor) items.push(overview);
  else items.unshift(overview);
  const page = createPage(items, trailing, id => host.remember({ tab: id as PanelTab }));
  page.show(items.some(item => item.id === first) ? first : (items[0]?.id ?? ''));
  return {
    page,
    selectAt: position => graph?.selectAt(position),
    openTensor: name => {
      page.show('tensors');
      tensor.open(name);
    },
    stale: lines => graph?.stale(new Set(lines)),
    exports: () => graph?.exports() ?? [],
  };
}
