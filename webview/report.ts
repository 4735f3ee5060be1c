// The page of `tensorlift report` and of `run --graph`: one file, no server, no network. Its data lies in a script element.
import type { ReportData } from '../src/shared/report.ts';
import type { RunResult } from '../src/shared/trace.ts';
import { codeView, markLine } from './code/code.ts';
import type { Overlay } from './graph/draw.ts';
import { createGraphView } from './graph/view.ts';
import { gradientTable } from './gradients/table.ts';
import { inspector } from './inspector.ts';
import { overview } from './overview.ts';
import { timingTable } from './timings/table.ts';
import { choice, button, registerControls, searchField } from './ui/controls.ts';
import { h } from './ui/dom.ts';
import { tabs, type Tab } from './ui/tabs.ts';

const overlays: readonly (readonly [Overlay, string])[] = [
  ['none', 'No overlay'],
  ['time', 'Time'],
  ['memory', 'Memory'],
  ['gradient', 'Gradient norm'],
  ['dtype', 'Dtype'],
  ['device', 'Device'],
];

function graphTab(
  data: ReportData,
  run: RunResult,
): { readonly panel: HTMLElement; refresh(): void; select(id: number): void } {
  if (!run.graph.nodes.length)
    return {
      panel: h(
        'div',
        { class: 'empty' },
        h('h2', {}, 'No ops were recorded'),
        h('p', {}, 'The program called nothing of NumPy or TensorFlow.'),
      ),
      refresh: () => {},
      select: () => {},
    };
  const status = h('span', { 'aria-live': 'polite' });
  const source = codeView({ title: data.path, text: data.source, onLine: line => graph.selectLine(line) });
  const facts = inspector(run, id => graph.select(id));
  const graph = createGraphView(run.graph, {
    onSelect: node => {
      facts.show(node);
      markLine(source, node?.range ? node.range.start.line : null);
    },
    onStatus: text => (status.textContent = text),
  });
  const toolbar = h(
    'div',
    { class: 'toolbar' },
    choice('Overlay', overlays, value => graph.overlay(value)),
    searchField('Search ops', text => graph.search(text)),
    button('Open all', () => graph.openAll(true)),
    button('Close all', () => graph.openAll(false)),
    button('List', () => graph.toggleTree()),
  );
  const legend = h(
    'span',
    { class: 'legend' },
    h('i', { class: 'up' }),
    'upstream',
    h('i', { class: 'down' }),
    'downstream',
    h('i', { class: 'back' }),
    'gradient',
  );
  const panel = h(
    'div',
    { class: 'graph-panel' },
    toolbar,
    h('div', { class: 'stage' }, graph.element, h('div', { class: 'side' }, facts.element, source)),
    h('footer', {}, status, legend),
  );
  return { panel, refresh: () => graph.refresh(), select: id => graph.select(id) };
}

function page(data: ReportData, files: HTMLElement | null): HTMLElement {
  const { run } = data;
  const items: Tab[] = [
    {
      id: 'overview',
      title: 'Overview',
      alert: data.verification?.verdict.status === 'differs',
      panel: h('div', {}, overview(data)),
    },
  ];
  if (run) {
    const graph = graphTab(data, run);
    const toNode = (id: number | undefined) => {
      if (id === undefined) return;
      view.show('graph');
      graph.select(id);
    };
    const gradientNode = (source: string) =>
      run.graph.nodes.find(node => node.kind === 'gradient' && node.label === `∂${source}`);
    items.push(
      { id: 'graph', title: 'Graph', panel: h('div', {}, graph.panel), onShow: () => graph.refresh() },
      {
        id: 'gradients',
        title: 'Gradients',
        alert: run.gradients.some(gradient => gradient.nonFinite > 0),
        panel: h(
          'div',
          {},
          gradientTable(run.gradients, gradient => toNode(gradientNode(gradient.source)?.id)),
        ),
      },
      {
        id: 'timings',
        title: 'Timings',
        panel: h(
          'div',
          {},
          timingTable(run, node => toNode(node.id)),
        ),
      },
    );
  }
  const made = new Date(data.made.at).toISOString().slice(0, 16).replace('T', ' ');
  const about = h(
    'div',
    { class: 'made' },
    h('h1', { class: files ? 'hidden' : null }, data.title),
    files,
    h('span', {}, `${made} UTC · Tensorlift ${data.made.version}`),
  );
  const view = tabs(items, about);
  const wanted = location.hash.slice(1);
  view.show(items.some(item => item.id === wanted) ? wanted : 'overview');
  return view.element;
}

/** One page for each file, and a list to choose from where there are several. */
function show(reports: readonly ReportData[]): void {
  const files =
    reports.length > 1
      ? choice(
          'File',
          reports.map(report => [report.path, report.title] as const),
          path => open(reports.find(report => report.path === path)),
        )
      : null;
  const open = (report: ReportData | undefined): void => {
    if (report) document.body.replaceChildren(page(report, files));
  };
  open(reports[0]);
}

registerControls();
const dark = matchMedia('(prefers-color-scheme: dark)');
const contrast = matchMedia('(forced-colors: active), (prefers-contrast: more)');
const theme = new URLSearchParams(location.search).get('theme');
document.body.className = theme
  ? `vscode-${theme}`
  : `${dark.matches ? 'vscode-dark' : 'vscode-light'}${contrast.matches ? ' vscode-high-contrast' : ''}`;
const embedded = document.getElementById('tensorlift-data')?.textContent;
if (embedded) show(JSON.parse(embedded) as readonly ReportData[]);
