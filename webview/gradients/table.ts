// The Gradients tab: one row per parameter: how large its gradient is, how it is spread, whether it agrees with central differences.
import type { GradientResult, RunResult, TraceNode } from '../../src/shared/trace.ts';
import type { Host } from '../host.ts';
import { button, searchField } from '../ui/controls.ts';
import { iconButton } from '../ui/buttons.ts';
import { h, replace, type Child } from '../ui/dom.ts';
import { countText, numberText, plural, typeText } from '../ui/format.ts';
import { bar, histogram } from '../ui/plots.ts';
import { sortableTable } from '../ui/sortable.ts';
import { foot, type Tab } from '../ui/tabs.ts';

/** A tape in float32 against differences in float64 agrees to about this relative error. */
const checkBound = 1e-3;

const entriesOf = (item: GradientResult): number => item.shape.reduce((product, dim) => product * dim, 1);
const isBroken = (item: GradientResult): boolean => item.nonFinite > 0 || !Number.isFinite(item.norm);
const isChecked = (item: GradientResult): boolean => typeof item.checkMaxRel === 'number';
const disagrees = (item: GradientResult): boolean => (item.checkMaxRel ?? 0) > checkBound;

export function gradientTab(run: RunResult, host: Host, toNode: (id: number) => void): Tab {
  const { gradients } = run;
  const alert = gradients.some(item => isBroken(item) || disagrees(item));
  const ends = foot();
  if (!gradients.length) {
    const panel = h(
      'div',
      { class: 'empty' },
      h('h2', {}, 'No gradient was taken'),
      h('p', {}, 'Run a program that calls tape.gradient(…), or use Gradient above a function.'),
    );
    return { id: 'gradients', title: 'Gradients', panel, foot: ends };
  }
  const largest = Math.max(...gradients.map(item => (Number.isFinite(item.norm) ? item.norm : 0)), Number.MIN_VALUE);
  const detail = h('section', { class: 'gradient-detail', 'aria-label': 'The chosen gradient', hidden: true });
  const open = (item: GradientResult): void => {
    const node = nodeOf(run, item);
    if (node) toNode(node.id);
  };
  const several = new Set(gradients.map(item => item.target)).size > 1;
  const number = (title: string, of: (item: GradientResult) => number, minor = false) => ({
    title,
    numeric: true,
    minor,
    by: of,
    cell: (item: GradientResult) => numberText(of(item)),
    className: (item: GradientResult) => (Number.isFinite(of(item)) ? 'value' : 'value alarm'),
  });
  const table = sortableTable<GradientResult>(
    plural(gradients.length, 'gradient'),
    [
      { title: 'Parameter', cell: item => item.source, by: item => item.source },
      ...(several
        ? [{ title: 'Of', cell: (item: GradientResult) => item.target, by: (item: GradientResult) => item.target }]
        : []),
      {
        title: 'Type',
        minor: true,
        cell: item => typeText(item.dtype, item.shape),
        className: () => 'type',
        by: entriesOf,
      },
      number('Norm', item => item.norm),
      {
        title: 'Compared',
        minor: true,
        cell: item => bar(isBroken(item) ? 0 : item.norm / largest, `norm ${numberText(item.norm)}`),
      },
      number('Min', item => item.min, true),
      number('Mean', item => item.mean, true),
      number('Max', item => item.max, true),
      {
        title: 'Distribution',
        cell: item =>
          item.histogram && !isBroken(item)
            ? histogram(item.histogram, item.min, item.max)
            : isBroken(item)
              ? h('span', { class: 'flat-line', role: 'img', 'aria-label': 'no distribution: not finite' })
              : null,
      },
      {
        title: 'Zero',
        numeric: true,
        minor: true,
        by: item => item.zeros / Math.max(1, entriesOf(item)),
        cell: item => (entriesOf(item) ? `${((100 * item.zeros) / entriesOf(item)).toFixed(1)} %` : '–'),
        className: () => 'value',
      },
      {
        title: 'Not finite',
        by: item => item.nonFinite,
        cell: item =>
          item.nonFinite
            ? h('span', { class: 'badge bad' }, `⊗ ${item.nonFinite} NaN or Inf`)
            : h('span', { class: 'quiet' }, '0'),
      },
      {
        title: 'Finite differences',
        by: item => item.checkMaxRel ?? null,
        cell: item => checkCell(item, host),
      },
    ],
    gradients,
    item => showDetail(item),
    open,
  );
  const showDetail = (item: GradientResult): void => {
    detail.hidden = false;
    replace(detail, ...detailOf(item, run, toNode, open, host));
  };

  let words = '';
  let onlyProblems = false;
  const refilter = (): void =>
    table.rows(
      gradients.filter(
        item =>
          `${item.source} ${item.target}`.toLowerCase().includes(words) &&
          (!onlyProblems || isBroken(item) || disagrees(item)),
      ),
    );
  const problems = h(
    'button',
    {
      class: 'plain',
      'aria-pressed': 'false',
      onclick: () => {
        onlyProblems = !onlyProblems;
        problems.setAttribute('aria-pressed', String(onlyProblems));
        refilter();
      },
    },
    'Only problems',
  );
  const total = gradients.reduce((sum, item) => sum + entriesOf(item), 0);
  const zeros = gradients.reduce((sum, item) => sum + item.zeros, 0);
  const bad = gradients.reduce((sum, item) => sum + item.nonFinite, 0);
  const broken = gradients.filter(isBroken);
  const finite = gradients.filter(item => !isBroken(item));
  const checked = gradients.filter(isChecked).length;
  const global = Math.sqrt(finite.reduce((sum, item) => sum + item.norm ** 2, 0));
  const headline = (value: string, text: string, alarm = false) =>
    h('div', { class: alarm ? 'headline alarm' : 'headline' }, h('strong', {}, value), h('span', {}, text));
  const targets = [...new Set(gradients.map(item => item.target))];
  const csv = () => {
    const head = 'parameter,of,dtype,shape,norm,min,mean,max,zeros,not_finite,check_max_rel';
    const rows = gradients.map(item =>
      [
        item.source,
        item.target,
        item.dtype,
        item.shape.join('x'),
        item.norm,
        item.min,
        item.mean,
        item.max,
        item.zeros,
        item.nonFinite,
        item.checkMaxRel ?? '',
      ]
        .map(value => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value)))
        .join(','),
    );
    return `${[head, ...rows].join('\n')}\n`;
  };
  const panel = h(
    'div',
    { class: 'gradients' },
    h(
      'div',
      { class: 'toolbar' },
      h(
        'p',
        {},
        '∂ ',
        h('strong', {}, targets.join(', ')),
        ` with respect to ${plural(gradients.length, 'parameter')}`,
      ),
      h('span', { class: 'spring' }),
      searchField('Filter parameters', text => {
        words = text.trim().toLowerCase();
        refilter();
      }),
      problems,
      host.inEditor && button('Check All', () => host.command('checkGradients'), 'primary'),
      iconButton('Copy as CSV', 'copy', () => host.copy(csv())),
    ),
    h(
      'div',
      { class: 'headlines' },
      headline(numberText(global), broken.length ? `global norm of ${finite.length} finite` : 'global norm'),
      headline(countText(total), total === 1 ? 'entry' : 'entries'),
      headline(total ? `${((100 * zeros) / total).toFixed(1)} %` : '–', 'exactly zero'),
      bad > 0
        ? headline(countText(bad), `not finite, in ${broken.map(item => item.source).join(', ')}`, true)
        : headline('0', 'not finite'),
      headline(`${checked} of ${gradients.length}`, 'checked by finite differences'),
    ),
    h('div', { class: 'scroll grow' }, table.element),
    detail,
  );
  const footText: Child[] = [h('span', {}, plural(gradients.length, 'parameter'))];
  if (broken.length)
    footText.push(h('span', { class: 'alarm' }, `⊗ ${broken.map(item => item.source).join(', ')} not finite`));
  footText.push(h('span', {}, '↑↓ rows · Space details · Enter graph'));
  replace(ends.left, ...footText);
  const worst = broken[0];
  if (worst) {
    table.choose(worst);
    showDetail(worst);
  }
  return { id: 'gradients', title: 'Gradients', alert, panel, foot: ends };
}

function checkCell(item: GradientResult, host: Host): Child {
  if (isBroken(item)) return h('span', { class: 'alarm' }, '⊗ not finite');
  const { checkMaxRel } = item;
  if (typeof checkMaxRel === 'number') {
    const good = checkMaxRel <= checkBound;
    return h('span', { class: good ? 'good' : 'alarm' }, `${good ? '✓' : '✕'} ${numberText(checkMaxRel)}`);
  }
  if (!host.inEditor) return h('span', { class: 'quiet' }, 'not checked');
  return h(
    'button',
    {
      class: 'small',
      'aria-label': `Check ${item.source} by finite differences`,
      onclick: event => {
        event.stopPropagation();
        host.command('checkGradients');
      },
    },
    'Check',
  );
}

/** What is known of the chosen gradient; of a broken one the cause instead of a distribution. */
function detailOf(
  item: GradientResult,
  run: RunResult,
  toNode: (id: number) => void,
  open: (item: GradientResult) => void,
  host: Host,
): Child[] {
  const facts = (rows: readonly (readonly [string, string])[]) =>
    h('dl', {}, ...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
  const column = (title: string, note: string, ...children: Child[]) =>
    h('div', {}, h('h2', {}, title, h('span', { class: 'quiet' }, note)), ...children);
  const about = column(
    `∂${item.target}/∂${item.source}`,
    typeText(item.dtype, item.shape),
    facts([
      ['Norm', numberText(item.norm)],
      ['Min', numberText(item.min)],
      ['Mean', numberText(item.mean)],
      ['Max', numberText(item.max)],
      ['Line', String(item.line + 1)],
    ]),
    h('button', { class: 'name-link', onclick: () => open(item) }, 'Show in the graph'),
  );
  if (!isBroken(item)) {
    const checked =
      typeof item.checkMaxRel === 'number'
        ? `The tape agrees with central differences in float64 to a relative error of ${numberText(item.checkMaxRel)}.`
        : 'Not checked yet. A check compares the tape with central differences in float64.';
    return [
      about,
      column(
        'Distribution',
        plural(entriesOf(item), 'entry', 'entries'),
        item.histogram
          ? histogram(item.histogram, item.min, item.max, [320, 96])
          : h('p', { class: 'quiet' }, 'Too few entries for a distribution.'),
        h('p', { class: 'range' }, h('code', {}, numberText(item.min)), h('code', {}, numberText(item.max))),
      ),
      column(
        'Finite differences',
        '',
        h('p', {}, disagrees(item) ? `${checked} That is more than rounding explains.` : checked),
        h('pre', { class: 'value-text' }, item.value),
      ),
    ];
  }
  const first = firstBroken(run, item);
  return [
    about,
    column(
      'Where it begins',
      '',
      first
        ? h(
            'p',
            {},
            h('button', { class: 'name-link', onclick: () => toNode(first.id) }, first.label),
            first.range ? ` on line ${first.range.start.line + 1}` : '',
            first.lane === 'backward'
              ? ' is the first value of the backward pass that is not finite.'
              : ' is the first value of the forward pass that is not finite.',
          )
        : h('p', {}, 'No op of the graph has a value that is not finite: it came with the data.'),
      first?.range &&
        h(
          'button',
          { class: 'name-link', onclick: () => first.range && host.reveal(first.range, true) },
          'Go to source',
        ),
    ),
    column(
      'What helps',
      '',
      h('p', {}, first ? remedyOf(first) : 'Look at the inputs with the Tensors tab: N goes to the next NaN.'),
    ),
  ];
}

/** The node of a row: of several with the same name (one for each step of training) the one at the same place. */
function nodeOf({ graph, gradients }: RunResult, item: GradientResult): TraceNode | undefined {
  const nodes = graph.nodes.filter(node => node.kind === 'gradient');
  const own = nodes.length === gradients.length ? nodes[gradients.indexOf(item)] : undefined;
  const label = `∂${item.source}`;
  return own?.label === label ? own : nodes.find(node => node.label === label);
}

/** The first node that is not finite on the way to a gradient. */
function firstBroken(run: RunResult, item: GradientResult): TraceNode | undefined {
  const { nodes, edges } = run.graph;
  const target = nodeOf(run, item);
  if (!target) return nodes.find(node => node.nonFinite > 0);
  const sources = new Map<number, number[]>();
  for (const edge of edges) {
    const list = sources.get(edge.to);
    if (list) list.push(edge.from);
    else sources.set(edge.to, [edge.from]);
  }
  const seen = new Set([target.id]);
  const open = [target.id];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const from of sources.get(id) ?? [])
      if (!seen.has(from)) {
        seen.add(from);
        open.push(from);
      }
  return nodes.find(node => node.nonFinite > 0 && seen.has(node.id));
}

const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /norm|sqrt|Sqrt|EuclideanNorm/i,
    'The derivative of a root at zero is infinite: add a small number under the root, or use the squared norm.',
  ],
  [
    /log/i,
    'The logarithm of zero or of a negative number: clip its argument from below, or use a fused form such as log_softmax.',
  ],
  [/exp/i, 'The exponential overflowed: subtract the largest value first.'],
  [/div|reciprocal/i, 'A division by zero: add a small number to the divisor, or use tf.math.divide_no_nan.'],
  [/pow/i, 'A power of zero or of a negative number: keep the base positive.'],
];

const remedyOf = (node: TraceNode): string =>
  remedies.find(([pattern]) => pattern.test(`${node.op} ${node.api ?? ''}`))?.[1] ??
  'Follow the inputs of that op in the graph: the cause is the first one with an extreme value.';
