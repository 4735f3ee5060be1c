// The page of `tensorlift report` and of `run --graph`: one file, no server, no network. Its data lies in a script element.
import type { ReportData } from '../src/shared/report.ts';
import type { PanelTab } from '../src/shared/panel.ts';
import type { Host } from './host.ts';
import { choice, registerControls } from './ui/controls.ts';
import { h } from './ui/dom.ts';
import { createViews } from './views.ts';

/** There is no editor and no kernel: pictures are downloaded, lines are marked on the page itself. */
const host: Host = {
  inEditor: false,
  memory: {},
  remember: () => {},
  reveal: () => {},
  command: () => {},
  save(name, kind, content) {
    const types = { svg: 'image/svg+xml', png: 'image/png', csv: 'text/csv' } as const;
    const link = h('a', {
      download: name,
      href: URL.createObjectURL(new Blob([content as BlobPart], { type: types[kind] })),
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  },
  copy: text => void navigator.clipboard.writeText(text),
  slice: () => Promise.reject(new Error('the kernel is not here')),
};

function page(data: ReportData, files: HTMLElement | null): HTMLElement {
  const made = new Date(data.made.at).toISOString().slice(0, 16).replace('T', ' ');
  const about = h(
    'div',
    { class: 'about' },
    h('h1', { class: files ? 'hidden' : null }, data.title),
    files,
    h('span', { class: 'quiet wide-only' }, `${made} UTC · Tensorlift ${data.made.version}`),
  );
  const wanted = location.hash.slice(1) as PanelTab;
  const views = createViews(
    { report: data, tensors: [], figures: [], namespace: null },
    host,
    about,
    wanted || 'overview',
  );
  return views.page.element;
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
