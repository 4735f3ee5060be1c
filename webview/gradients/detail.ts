// What is known of the chosen parameter: distributions over the last steps, largest entries, tape against central differences;
// of one that is not finite the cause and what helps instead.
import type { GradientResult, RunResult } from '../../src/shared/trace.ts';
import type { Host } from '../host.ts';
import { h, type Child } from '../ui/dom.ts';
import { numberText, plural, typeText } from '../ui/format.ts';
import { bar } from '../ui/plots.ts';
import { firstBroken, remedyOf } from './cause.ts';
import { ridges, trend } from './pictures.ts';
import { disagrees, entriesOf, isBroken, type Series } from './series.ts';

const mostRidges = 9;
/** Of fewer entries there is no distribution to speak of. */
const leastSpread = 24;

export interface DetailEvents {
  /** Shows a node in the graph. */
  toNode(id: number): void;
  open(row: Series): void;
}

const column = (title: string, note: Child, ...children: Child[]) =>
  h('div', {}, h('h2', {}, h('span', {}, title), h('span', { class: 'quiet' }, note)), ...children);

export function detailOf(row: Series, run: RunResult, host: Host, events: DetailEvents): Child[] {
  const { last, steps } = row;
  const links = h(
    'p',
    { class: 'detail-links' },
    h('button', { class: 'name-link', onclick: () => events.open(row) }, 'Show in the graph'),
    h(
      'button',
      {
        class: 'name-link',
        onclick: () => {
          const at = { line: last.line, character: 0 };
          host.reveal({ start: at, end: at }, true);
        },
      },
      `Line ${last.line + 1}`,
    ),
  );
  const broken = isBroken(last) || steps.some(({ gradient }) => isBroken(gradient));
  if (broken) return [...brokenColumns(row, run, host, events, links)];
  const shown = steps.slice(-mostRidges).map(({ gradient }) => gradient);
  const spread = shown.some(each => each.histogram?.length && entriesOf(each) >= leastSpread);
  const title = `∂${row.target}/∂${row.source}`;
  return [
    column(
      steps.length > 1
        ? `${title} over ${spread && steps.length > shown.length ? 'the last ' : ''}${plural(spread ? shown.length : steps.length, 'step')}`
        : title,
      steps.length === 1 ? typeText(last.dtype, last.shape) : spread ? `step ${steps.length - 1} in front` : 'norm',
      spread
        ? ridges(shown)
        : steps.length > 1
          ? trend(
              steps.map(({ gradient }) => gradient),
              [360, 110],
            )
          : h('p', { class: 'single-value' }, entriesOf(last) === 1 ? numberText(last.min) : ''),
      facts(last),
      links,
    ),
    column('Largest entries', '|∂|', largestEntries(row)),
    column('Finite differences', 'float64, central', ...comparison(row)),
  ];
}

/** Numbers that a narrow table leaves out. */
const facts = (item: GradientResult): Child =>
  h(
    'p',
    { class: 'detail-facts' },
    ...(['min', 'mean', 'max'] as const).map(name => h('span', {}, `${name} `, h('code', {}, numberText(item[name])))),
  );

function largestEntries({ source, last }: Series): Child {
  const entries = last.largest ?? [];
  if (!entries.length) return h('p', { class: 'quiet' }, 'Not recorded.');
  const most = Math.abs(entries[0]?.value ?? 0) || 1;
  return h(
    'table',
    { class: 'detail-table', 'aria-label': 'Largest entries' },
    h(
      'tbody',
      {},
      ...entries.map(({ at, value }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, h('code', {}, placeText(source, at))),
          h('td', { class: 'number value' }, alike(value, most)),
          h('td', { class: 'wide-only' }, bar(Math.abs(value) / most, '')),
        ),
      ),
    ),
  );
}

/** As many decimals as the largest of a column has, so that their points stand below one another. */
function alike(value: number, most: number): string {
  if (most < 1e-3 || most >= 1e5) return numberText(value);
  return value.toFixed(Math.max(0, 3 - Math.floor(Math.log10(most)))).replace('-', '−');
}

const placeText = (name: string, at: readonly number[]): string => (at.length ? `${name}[${at.join(', ')}]` : name);

function comparison({ last, steps }: Series): Child[] {
  const { checkMaxRel, compared = [] } = last;
  if (typeof checkMaxRel !== 'number')
    return [h('p', {}, 'Not checked yet. A check compares the tape with central differences in float64.')];
  const relative = (tape: number, differences: number) => {
    const size = Math.max(Math.abs(tape), Math.abs(differences));
    return size > 0 ? Math.abs(tape - differences) / size : 0;
  };
  const worst = Math.max(...steps.map(({ gradient }) => gradient.checkMaxRel ?? 0));
  const worstAt = steps.findIndex(({ gradient }) => gradient.checkMaxRel === worst);
  return [
    compared.length > 0 &&
      h(
        'table',
        { class: 'detail-table', 'aria-label': 'Tape and central differences' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, compared.some(({ at }) => at) ? 'Entry' : 'Slope along'),
            ...['Tape', 'Differences', 'Relative'].map(text => h('th', { scope: 'col', class: 'number' }, text)),
          ),
        ),
        h(
          'tbody',
          {},
          ...compared.map(({ at, tape, differences }) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row' }, at ? h('code', {}, placeText('', at) || 'value') : 'a random direction'),
              h('td', { class: 'number value' }, digits(tape)),
              h('td', { class: 'number value' }, digits(differences)),
              h('td', { class: 'number value quiet' }, numberText(relative(tape, differences))),
            ),
          ),
        ),
      ),
    h(
      'p',
      { class: disagrees(last) ? 'alarm' : 'quiet' },
      disagrees(last)
        ? `They differ by ${numberText(checkMaxRel)}: more than rounding explains.`
        : `The tape agrees to a relative error of ${numberText(checkMaxRel)}.`,
      steps.length > 1 && worst > checkMaxRel ? ` In step ${worstAt} it was ${numberText(worst)}.` : '',
    ),
  ];
}

/** Eight digits, so that two columns can be compared. */
const digits = (value: number): string => {
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? value.toExponential(6) : value.toPrecision(8);
  return text.replaceAll('-', '−');
};

function brokenColumns(row: Series, run: RunResult, host: Host, events: DetailEvents, links: Child): Child[] {
  const { steps, source, target } = row;
  const at = steps.findIndex(({ gradient }) => isBroken(gradient));
  const bad = steps[at];
  const first = firstBroken(run.graph, bad?.node ?? null);
  const gradient = bad?.gradient;
  const range = first?.range;
  return [
    column(
      `∂${target}/∂${source}`,
      gradient ? typeText(gradient.dtype, gradient.shape) : '',
      h(
        'p',
        { class: 'alarm' },
        `⊗ ${plural(gradient?.nonFinite ?? 0, 'entry', 'entries')} of ${entriesOf(row.last)} not finite`,
        steps.length > 1 ? `, first in step ${at} of ${steps.length}` : '',
      ),
      steps.length > 1
        ? trend(
            steps.map(step => step.gradient),
            [320, 56],
          )
        : null,
      links,
    ),
    column(
      'Where it begins',
      '',
      first
        ? h(
            'p',
            {},
            h('button', { class: 'name-link', onclick: () => events.toNode(first.id) }, first.label),
            range ? ` on line ${range.start.line + 1}` : '',
            ` is the first value of the ${first.lane} pass that is not finite.`,
          )
        : h('p', {}, 'No op of the graph has a value that is not finite: it came with the data.'),
      range && h('button', { class: 'name-link', onclick: () => host.reveal(range, true) }, 'Go to source'),
    ),
    column(
      'What helps',
      '',
      h('p', {}, first ? remedyOf(first) : 'Look at the inputs with the Tensors tab: N goes to the next NaN.'),
    ),
  ];
}
