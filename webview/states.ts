// What the panel says when there is no picture: nothing ran, it runs, Python raised an error, the kernel stopped; and the line
// above a picture that is out of date.
import type { PanelCommand, PanelState } from '../src/shared/panel.ts';
import type { PythonError } from '../src/shared/trace.ts';
import { coloured } from './code/code.ts';
import type { Host } from './host.ts';
import { button } from './ui/controls.ts';
import { h, svg, type Child } from './ui/dom.ts';
import { plural } from './ui/format.ts';
import { icon } from './ui/icons.ts';

const command = (host: Host, name: PanelCommand) => () => host.command(name);
const keys = (...names: string[]) => h('span', { class: 'keys' }, ...names.map(name => h('kbd', {}, name)));

export function emptyState(title: string | null, host: Host): HTMLElement {
  const box = (x: number, y: number) => svg('rect', { x, y, width: 80, height: 26, rx: 4 });
  const sketch = svg(
    'svg',
    { class: 'sketch', width: 204, height: 126, viewBox: '-2 -2 204 126', 'aria-hidden': 'true' },
    svg('g', { class: 'forward' }, box(0, 0), box(0, 48), box(0, 96), svg('path', { d: 'M40 26v22M40 74v22' })),
    svg(
      'g',
      { class: 'backward' },
      box(120, 0),
      box(120, 48),
      box(120, 96),
      svg('path', { d: 'M160 26v22M160 74v22M80 109h40' }),
    ),
    svg('path', { class: 'saved', d: 'M80 13h40M80 61h40' }),
  );
  return h(
    'section',
    { class: 'state', 'aria-label': 'No run yet' },
    sketch,
    h('h2', {}, 'No run yet'),
    h('p', {}, 'Run a file, a cell or a selection and its graph, gradients, tensors and timings appear here.'),
    h(
      'div',
      { class: 'state-actions' },
      button(title === null ? 'Run File' : `Run ${title}`, command(host, 'run'), 'primary'),
    ),
    h(
      'dl',
      { class: 'key-list' },
      h('dt', {}, 'Run the statement at the cursor'),
      h('dd', {}, keys('Alt', 'Enter')),
      h('dt', {}, 'Show the graph of a function'),
      h('dd', {}, 'Graph above its ', h('code', {}, 'def')),
    ),
  );
}

/** The view of a run that goes on, and what keeps its clock; `stop` ends it. */
export function loadingState(
  state: Extract<PanelState, { kind: 'loading' }>,
  host: Host,
): { readonly element: HTMLElement; stop(): void } {
  const clock = h('p', { class: 'quiet', role: 'timer' });
  const fill = h('i', {});
  const track = h('div', { class: state.limit ? 'progress' : 'progress endless', 'aria-hidden': 'true' }, fill);
  const marks: Readonly<Record<(typeof state.steps)[number]['state'], Child>> = {
    done: icon('check'),
    active: icon('busy'),
    waiting: null,
  };
  const tick = (): void => {
    const seconds = Math.max(0, (Date.now() - state.startedAt) / 1000);
    clock.textContent = state.limit ? `${seconds.toFixed(1)} s of ${state.limit} s` : `${seconds.toFixed(1)} s`;
    if (state.limit) fill.style.setProperty('width', `${Math.min(100, (100 * seconds) / state.limit)}%`);
  };
  tick();
  const timer = setInterval(tick, 100);
  const element = h(
    'section',
    { class: 'state', 'aria-label': state.title, 'aria-busy': 'true' },
    track,
    h('h2', {}, state.title),
    h(
      'ol',
      { class: 'steps' },
      ...state.steps.map(step =>
        h(
          'li',
          { class: step.state },
          h('span', { class: 'step-mark' }, marks[step.state]),
          step.label,
          h('code', {}, step.note ?? ''),
        ),
      ),
    ),
    h('div', { class: 'state-actions' }, button('Cancel', command(host, 'cancel'))),
    clock,
  );
  return { element, stop: () => clearInterval(timer) };
}

export interface Frame {
  /** 0-based. */
  readonly line: number;
  readonly file: string;
  readonly name: string;
  readonly text: string;
}

/** The frames of a traceback that lie in the user's file, outermost first. */
export function framesOf(error: PythonError, path: string): readonly Frame[] {
  const own = path.split(/[\\/]/).at(-1) ?? path;
  const lines = error.traceback.split('\n');
  return lines.flatMap((line, index) => {
    const found = /^\s*File "([^"]+)", line (\d+)(?:, in (.*))?$/.exec(line);
    const file = found?.[1]?.split(/[\\/]/).at(-1);
    if (!found || file !== own) return [];
    const next = lines[index + 1] ?? '';
    const text = /^\s*File /.test(next) || !/^\s/.test(next) ? '' : next.trim();
    return [{ line: Number(found[2]) - 1, file, name: found[3] ?? '<module>', text }];
  });
}

export function errorState(
  error: PythonError,
  path: string,
  source: string,
  host: Host,
  showRest: { readonly ops: number; show(): void } | null,
): HTMLElement {
  const frames = framesOf(error, path);
  const file = path.split(/[\\/]/).at(-1) ?? path;
  const lines = source.split('\n');
  const reveal = (line: number): void =>
    host.reveal(
      error.range && error.range.start.line === line
        ? error.range
        : { start: { line, character: 0 }, end: { line, character: (lines[line] ?? '').length } },
      true,
    );
  const at = error.range?.start.line ?? frames.at(-1)?.line ?? null;
  const shown: readonly Frame[] =
    frames.length || at === null ? frames : [{ line: at, file, name: '<module>', text: (lines[at] ?? '').trim() }];
  const marked = (frame: Frame): Child[] => {
    const line = lines[frame.line] ?? '';
    const text = frame.text || line.trim();
    const range = error.range;
    if (!range || range.start.line !== frame.line || range.end.line !== frame.line || frame !== shown.at(-1))
      return coloured(text);
    const shift = line.indexOf(text);
    const [from, to] = [range.start.character - shift, range.end.character - shift];
    if (shift < 0 || from < 0 || to <= from) return coloured(text);
    return [
      ...coloured(text.slice(0, from)),
      h('u', {}, ...coloured(text.slice(from, to))),
      ...coloured(text.slice(to)),
    ];
  };
  return h(
    'section',
    { class: 'error-view', 'aria-label': 'The error' },
    h(
      'div',
      { class: 'error-card', role: 'alert' },
      h('header', {}, h('strong', {}, error.type), h('p', {}, error.message)),
      shown.length > 0 &&
        h(
          'ol',
          { class: 'frames' },
          ...shown.map(frame =>
            h(
              'li',
              {},
              h('button', { class: 'name-link', onclick: () => reveal(frame.line) }, `${frame.file}:${frame.line + 1}`),
              h('code', {}, ...marked(frame)),
              h('span', { class: 'quiet' }, frame.name === '<module>' ? '' : frame.name),
            ),
          ),
        ),
      (error.hint !== undefined || showRest) &&
        h(
          'footer',
          {},
          h('span', {}, error.hint ?? ''),
          showRest &&
            h(
              'button',
              { class: 'name-link', onclick: showRest.show },
              `Show the ${plural(showRest.ops, 'op')} that ran`,
            ),
        ),
    ),
    h(
      'div',
      { class: 'state-actions start' },
      button('Run Again', command(host, 'run'), 'primary'),
      at !== null && button(`Go to Line ${at + 1}`, () => reveal(at)),
      button('Show Output', command(host, 'showOutput')),
    ),
  );
}

export function deadState({ title, reason, lost }: Extract<PanelState, { kind: 'dead' }>, host: Host): HTMLElement {
  return h(
    'section',
    { class: 'state', 'aria-label': title, role: 'alert' },
    h('span', { class: 'state-sign alarm' }, icon('error')),
    h('h2', {}, title),
    h('p', {}, reason),
    h('p', {}, lost),
    h(
      'div',
      { class: 'state-actions' },
      button('Restart and Run', command(host, 'restart'), 'primary'),
      button('Show Output', command(host, 'showOutput')),
    ),
  );
}

/** One line: the file changed, how much, and the way to a fresh picture. */
export function staleLine(file: string, lines: readonly number[], host: Host): HTMLElement {
  const some = lines
    .slice(0, 6)
    .map(line => line + 1)
    .join(', ');
  return h(
    'div',
    { class: 'stale-line', role: 'status' },
    icon('warning'),
    h(
      'p',
      {},
      h('strong', {}, `${file} changed since this run.`),
      ` ${plural(lines.length, 'line differs', 'lines differ')} (${some}${lines.length > 6 ? ', …' : ''}); hatched nodes may be out of date.`,
    ),
    button('Run Again', command(host, 'run'), 'primary'),
  );
}
