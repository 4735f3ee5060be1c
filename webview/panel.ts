// The page inside the editor's panel: takes messages, keeps what must survive, shows a state.
import type { FromPanel, PanelRun, PanelState, PanelTab, ToPanel } from '../src/shared/panel.ts';
import type { Slice } from '../src/shared/tensors.ts';
import type { Host, PageMemory } from './host.ts';
import { deadState, emptyState, errorState, loadingState, staleLine } from './states.ts';
import { iconButton, menuButton } from './ui/buttons.ts';
import { registerControls } from './ui/controls.ts';
import { h, type Child } from './ui/dom.ts';
import { timeText } from './ui/format.ts';
import { createPage, foot, type Tab } from './ui/tabs.ts';
import { createViews, type Views } from './views.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPanel): void;
  getState(): PageMemory | undefined;
  setState(state: PageMemory): void;
};

const editor = acquireVsCodeApi();
let memory: PageMemory = editor.getState() ?? {};
let views: Views | null = null;
let shown: PanelState = { kind: 'empty' };
let stopState = (): void => {};
let asked = 0;
const slices = new Map<number, { done(slice: Slice): void; fail(error: Error): void }>();

const host: Host = {
  inEditor: true,
  get memory() {
    return memory;
  },
  remember(part) {
    memory = { ...memory, ...part };
    editor.setState(memory);
  },
  reveal: (range, focus = false) => editor.postMessage({ type: 'reveal', range, ...(focus ? { focus } : {}) }),
  command: command => editor.postMessage({ type: 'command', command }),
  save: (name, kind, content) => editor.postMessage({ type: 'save', name, kind, content }),
  copy: text => editor.postMessage({ type: 'copy', text }),
  slice: request =>
    new Promise((done, fail) => {
      const id = ++asked;
      slices.set(id, { done, fail });
      editor.postMessage({ type: 'slice', id, request });
    }),
};

const buttons = (exports: () => readonly (readonly [string, () => void])[]): Child[] => [
  iconButton('Run File', 'run', () => host.command('run')),
  menuButton('Export', 'export', () => [
    ...exports(),
    ['Export as HTML', () => host.command('exportHtml')],
    ['Export Timings as .cpuprofile', () => host.command('exportProfile')],
  ]),
  iconButton('Show Output', 'more', () => host.command('showOutput')),
];

function about({ report }: PanelRun): HTMLElement {
  const { run, title, path } = report;
  const file = path.split(/[\\/]/).at(-1) ?? path;
  return h(
    'div',
    { class: 'about' },
    h('h1', {}, title),
    file !== title && h('span', { class: 'quiet wide-only' }, file),
    run && h('span', { class: 'quiet wide-only run-facts' }, `${timeText(run.ms.run)} · ${run.device.name}`),
    ...buttons(() => views?.exports() ?? []),
  );
}

const titles: readonly (readonly [PanelTab, string])[] = [
  ['graph', 'Graph'],
  ['gradients', 'Gradients'],
  ['tensors', 'Tensors'],
  ['plots', 'Plots'],
  ['timings', 'Timings'],
  ['compare', 'Compare'],
  ['overview', 'Overview'],
];

/** A page without a run: the tabs are there, every one shows the state. */
function statePage(title: string, count: string, view: HTMLElement): HTMLElement {
  const items = titles.map(([id, text]): Tab => ({ id, title: text, panel: h('div', {}), foot: foot(count) }));
  const page = createPage(
    items,
    h(
      'div',
      { class: 'about' },
      title ? h('h1', {}, title) : h('h1', { class: 'hidden' }, 'Tensorlift'),
      ...buttons(() => []),
    ),
  );
  page.show(memory.tab ?? 'graph');
  // Every tab shows the same: the view lies over them, and stays.
  const { element } = page;
  page.cover(view);
  element.classList.add('stateful');
  for (const tab of element.querySelectorAll('.tab')) tab.setAttribute('disabled', '');
  return element;
}

function runPage(run: PanelRun, tab: PanelTab | undefined): Views {
  // What was remembered belongs to another file: only the tab stays.
  if (memory.path !== run.report.path) {
    memory = { path: run.report.path, ...(memory.tab ? { tab: memory.tab } : {}) };
    editor.setState(memory);
  }
  views = createViews(run, host, about(run), tab ?? memory.tab ?? 'graph');
  document.body.replaceChildren(views.page.element);
  return views;
}

function show(state: PanelState, tab: PanelTab | undefined): void {
  stopState();
  stopState = () => {};
  shown = state;
  views = null;
  for (const { fail } of slices.values()) fail(new Error('the run was replaced by another'));
  slices.clear();
  switch (state.kind) {
    case 'empty':
      document.body.replaceChildren(statePage(state.title ?? '', 'No run', emptyState(state.title ?? null, host)));
      break;
    case 'loading': {
      const { element, stop } = loadingState(state, host);
      stopState = stop;
      document.body.replaceChildren(statePage('', 'Running', element));
      break;
    }
    case 'ready':
      runPage(state.run, tab);
      break;
    case 'error': {
      const { error, run } = state;
      const ops = run?.report.run?.graph.nodes.filter(node => node.kind === 'op').length ?? 0;
      const path = run?.report.path ?? '';
      const source = run?.report.source ?? '';
      if (!run || !ops) {
        document.body.replaceChildren(
          statePage(run?.report.title ?? '', error.type, errorState(error, path, source, host, null)),
        );
        break;
      }
      const { page } = runPage(run, tab);
      page.cover(errorState(error, path, source, host, { ops, show: () => page.cover(null) }));
      break;
    }
    case 'dead':
      document.body.replaceChildren(statePage('', 'Kernel stopped', deadState(state, host)));
      break;
    default:
      state satisfies never;
  }
}

function stale(lines: readonly number[]): void {
  if (shown.kind !== 'ready' && shown.kind !== 'error') return;
  const path = shown.run?.report.path ?? '';
  views?.page.notice(lines.length ? staleLine(path.split(/[\\/]/).at(-1) ?? path, lines, host) : null);
  views?.stale(lines);
}

function receive(message: ToPanel): void {
  switch (message.type) {
    case 'show':
      return show(message.state, message.tab);
    case 'tab':
      host.remember({ tab: message.tab });
      return views?.page.show(message.tab);
    case 'stale':
      return stale(message.lines);
    case 'select':
      return views?.selectAt(message.position);
    case 'tensor':
      return views?.openTensor(message.name);
    case 'slice': {
      const waiting = slices.get(message.id);
      slices.delete(message.id);
      if (message.slice) waiting?.done(message.slice);
      else waiting?.fail(new Error(message.problem ?? 'this part of the array could not be read'));
      return;
    }
    default:
      message satisfies never;
  }
}

registerControls();
addEventListener('message', event => receive(event.data as ToPanel));
editor.postMessage({ type: 'ready' });
