// The Graph tab: toolbar with breadcrumbs, overlays and search; the picture; the inspector; counts and legend in the foot.
import type { Position } from '../../src/shared/positions.ts';
import type { RunResult, TraceNode } from '../../src/shared/trace.ts';
import { codeView, markLine } from '../code/code.ts';
import type { Host } from '../host.ts';
import { inspector, type Inspector } from '../inspector.ts';
import { iconButton, menuButton, segments, type Segments } from '../ui/buttons.ts';
import { choice, searchField } from '../ui/controls.ts';
import { h, replace, type Child } from '../ui/dom.ts';
import { plural } from '../ui/format.ts';
import { foot, type Tab } from '../ui/tabs.ts';
import type { GraphView, Selection } from './api.ts';
import { exportPng, exportSvg } from './export.ts';
import { graphKeys } from './keyboard.ts';
import { legendFor } from './legend.ts';
import { overlayNames, overlays, type Overlay } from './overlay.ts';
import { groupsAround } from './scene.ts';
import { createGraphView } from './view.ts';

export interface GraphTab {
  readonly tab: Tab;
  readonly view: GraphView | null;
  selectAt(position: Position): void;
  stale(lines: ReadonlySet<number>): void;
  exports(): readonly (readonly [string, () => void])[];
}

export interface GraphTabOptions {
  readonly run: RunResult;
  readonly title: string;
  readonly source: string;
  readonly host: Host;
  openTensor(node: TraceNode): (() => void) | null;
}

const nothing = { selectAt: () => {}, stale: () => {}, exports: () => [] };

export function graphTab({ run, title, source, host, openTensor }: GraphTabOptions): GraphTab {
  if (!run.graph.nodes.length) {
    const panel = h(
      'div',
      { class: 'empty' },
      h('h2', {}, 'No ops were recorded'),
      h('p', {}, 'The program called nothing of NumPy or TensorFlow.'),
    );
    return { tab: { id: 'graph', title: 'Graph', panel }, view: null, ...nothing };
  }
  const lines = source.split('\n');
  const ends = foot();
  const crumbs = h('nav', { class: 'crumbs toolbar-title', 'aria-label': 'Where the selection is' });
  const matchText = h('span', { class: 'match-count', 'aria-live': 'polite' });
  let selection: Selection | null = null;
  let chosen: Overlay = 'none';
  // The view reports its first selection while it is being made, before these exist.
  let facts: Inspector | null = null;
  let code: HTMLElement | null = null;
  let side: HTMLElement | null = null;
  let overlayBar: Segments<Overlay> | null = null;
  let overlayList: HTMLElement | null = null;

  const goToSource = (node: TraceNode): void => {
    if (!node.range) return;
    host.reveal(node.range, true);
    if (code) markLine(code, node.range.start.line);
  };
  const search = searchField('Search', text => view.search(text));
  search.addEventListener('keydown', event => {
    if (event.key === 'Enter') view.nextMatch(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      (search as HTMLInputElement).value = '';
      view.search('');
      view.focus();
    } else return;
    event.preventDefault();
  });
  const view: GraphView = createGraphView(
    run.graph,
    {
      onSelect: (next, byUser) => {
        selection = next;
        facts?.show(next);
        if (host.inEditor) side?.classList.toggle('idle', next === null);
        const node = next?.nodes[0] ?? null;
        if (code) markLine(code, node?.range?.start.line ?? null);
        if (byUser && node?.range) host.reveal(node.range);
        refreshText();
      },
      onSource: goToSource,
      onOverlay: (overlay, reading) => {
        chosen = overlay;
        overlayBar?.set(overlay);
        if (overlayList) (overlayList as HTMLSelectElement).value = overlay;
        facts?.overlay(overlay);
        replace(ends.right, ...legendFor(overlay, reading, selection !== null));
      },
      onMatches: (count, at) => {
        matchText.textContent = (search as HTMLInputElement).value ? (count ? `${at + 1} of ${count}` : 'none') : '';
      },
      onSearchKey: () => search.focus(),
      onTree: on => treeButton.setAttribute('aria-pressed', String(on)),
      onMemory: graph => host.remember({ graph }),
      lineText: line => lines[line] ?? null,
    },
    host.memory.graph ?? null,
  );
  const options = overlayNames.map(name => [name, overlays[name].title] as const);
  overlayBar = segments('Overlay', options, chosen, value => view.overlay(value));
  overlayList = choice('Overlay', options, value => view.overlay(value));
  overlayList.classList.add('narrow-only');
  overlayBar.element.classList.add('wide-only');
  facts = inspector(run, view.model, title, {
    onSelect: id => view.select(id),
    onSource: goToSource,
    tensorOf: openTensor,
  });
  // In the editor the source is beside the panel.
  code = host.inEditor
    ? null
    : codeView({ title, text: source, onLine: line => view.selectAt({ line, character: 1e6 }) });
  const details = h('div', { class: host.inEditor && !selection ? 'side idle' : 'side' }, facts.element, code);
  side = details;
  const stage = h('div', { class: 'stage' }, view.element, details);
  const sideButton = iconButton('Show or hide the details', 'side', () => {
    details.hidden = !details.hidden;
    stage.classList.toggle('alone', details.hidden);
    sideButton.setAttribute('aria-pressed', String(!details.hidden));
  });
  sideButton.setAttribute('aria-pressed', 'true');
  const treeButton = iconButton('List instead of picture (T)', 'tree', () => view.toggleTree());
  treeButton.setAttribute('aria-pressed', 'false');

  function refreshText(): void {
    const nodes = run.graph.nodes;
    const bad = nodes.filter(node => node.nonFinite > 0).length;
    const count = run.graph.truncated ? `the first ${plural(nodes.length, 'node')}` : plural(nodes.length, 'node');
    const parts: Child[] = [h('span', {}, count)];
    if (selection) parts.push(h('span', {}, `${selection.upstream} upstream · ${selection.downstream} downstream`));
    if (bad) parts.push(h('span', { class: 'alarm' }, `⊗ ${plural(bad, 'node')} not finite`));
    replace(ends.left, ...parts);
    if (chosen === 'none') replace(ends.right, ...legendFor('none', null, selection !== null));
    const placed = selection?.placed;
    const names = placed ? [...groupsAround(placed), ...(placed.kind === 'node' ? [placed.node.label] : [])] : [];
    replace(
      crumbs,
      ...[title, ...names].flatMap((name, index, all) => [
        index > 0 && h('span', { class: 'quiet', 'aria-hidden': 'true' }, '›'),
        h('span', { class: index === all.length - 1 && index > 0 ? 'here' : null }, name),
      ]),
    );
  }
  refreshText();

  const exports = (): readonly (readonly [string, () => void])[] => [
    ['Save Graph as SVG', () => host.save(`${baseName(title)}-graph.svg`, 'svg', exportSvg(view.scene()))],
    [
      'Save Graph as PNG',
      () => void exportPng(view.scene()).then(bytes => host.save(`${baseName(title)}-graph.png`, 'png', bytes)),
    ],
  ];
  const panel = h(
    'div',
    {},
    h(
      'div',
      { class: 'graph-panel' },
      h(
        'div',
        { class: 'toolbar' },
        crumbs,
        overlayBar.element,
        overlayList,
        h('span', { class: 'search-box' }, search, matchText),
        treeButton,
        h(
          'span',
          { class: 'toolbar-group from-520' },
          iconButton('Open all groups', 'open', () => view.openAll(true)),
          iconButton('Close all groups', 'close', () => view.openAll(false)),
        ),
        !host.inEditor && menuButton('Save the graph', 'export', exports),
        sideButton,
      ),
      stage,
    ),
  );
  return {
    tab: { id: 'graph', title: 'Graph', panel, foot: ends, keys: graphKeys, onShow: () => view.refresh() },
    view,
    selectAt: position => view.selectAt(position),
    stale: changed => view.stale(changed),
    exports,
  };
}

export const baseName = (title: string): string => title.replace(/\.[^.]*$/, '').replace(/[^\w.-]+/g, '-') || 'graph';
