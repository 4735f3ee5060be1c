// `tensorlift grad FILE FUNCTION`: the gradient of a function at a point.
import { Command } from 'commander';
import type { Grad, NoGrad } from '../../service/grad.ts';
import { excerpt, linesOf } from '../excerpt.ts';
import { exitCodes, usage } from '../failure.ts';
import { readInput } from '../input.ts';
import { printJson } from '../json.ts';
import { withProgress } from '../progress.ts';
import { painter, short, table } from '../style.ts';
import type { Paint } from '../style.ts';

interface GradFlags {
  readonly at?: string;
  readonly wrt?: string;
  readonly check?: boolean;
  readonly json?: boolean;
}

export function gradCommand(): Command {
  return new Command('grad')
    .description('the gradient of a NumPy or TensorFlow function at a point')
    .argument('<file>', 'Python file or notebook; - reads standard input')
    .argument('<function>', 'name of the function')
    .option('--at <json>', 'the point: {"argument": value}; sampled from the inferred shapes where left out')
    .option('--wrt <names>', 'arguments to differentiate by, separated by commas')
    .option('--check', 'compare with central differences in float64')
    .option('--json', 'print one JSON document')
    .action(async (file: string, name: string, flags: GradFlags) => {
      process.exitCode = await runGrad(file, name, flags);
    });
}

function checkPoint(text: string): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw usage('--at is not JSON.', `Example: --at '{"x": 3.0}'`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw usage('--at must be an object of arguments.', `Example: --at '{"x": [1.0, 2.0]}'`);
}

async function runGrad(file: string, name: string, flags: GradFlags): Promise<number> {
  if (flags.at !== undefined) checkPoint(flags.at);
  const wrt = flags.wrt
    ?.split(',')
    .map(each => each.trim())
    .filter(Boolean);
  const input = await readInput(file);
  const { grad } = await import('../../service/grad.ts');
  const answer = await withProgress(`Differentiating ${name}`, () =>
    grad(input.text, input.path, name, {
      check: flags.check ?? false,
      ...(flags.at === undefined ? {} : { at: flags.at }),
      ...(wrt === undefined ? {} : { wrt }),
    }),
  );
  if (flags.json) printJson(answer);
  if ('reason' in answer) {
    if (!flags.json) explain(answer, input.name, input.text);
    return exitCodes.no;
  }
  if (!flags.json) printGradient(answer, name, painter(process.stdout));
  return exitCodes.done;
}

function explain({ reason, blocked, needsPoint }: NoGrad, name: string, text: string): void {
  const paint = painter(process.stderr);
  const places = blocked.map(each => `${each.reason}\n${excerpt(linesOf(text), name, each.range, paint, 'yellow')}`);
  const hint = needsPoint
    ? [`${paint('cyan', 'hint:')} --at '{"x": [1.0, 2.0]}' names an argument and its value.`]
    : [];
  process.stderr.write(`${[`${paint('red', 'error:')} ${reason}`, ...places, ...hint].join('\n')}\n`);
}

const compact = (value: unknown): string => {
  const text = JSON.stringify(value) ?? '';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

function printGradient({ at, value, summed, gradients, check }: Grad, name: string, paint: Paint): void {
  const point = Object.entries(at).map(([argument, each]) => `${argument} = ${compact(each)}`);
  const lines = [`${paint('bold', `${name}(${point.join(', ')})`)} = ${compact(value)}`];
  if (summed) lines.push(paint('dim', 'The result is not a scalar: this is the gradient of its sum.'));
  const header = ['argument', 'dtype', 'shape', 'norm', 'min', 'max', 'mean', 'zeros', 'non-finite', 'gradient'];
  const rows = gradients.map(row => [
    row.source,
    row.dtype,
    `(${row.shape.join(', ')})`,
    ...[row.norm, row.min, row.max, row.mean, row.zeros, row.nonFinite].map(short),
    compact(row.value),
  ]);
  lines.push(table([header.map(each => paint('dim', each)), ...rows], [3, 4, 5, 6, 7, 8]));
  if (check) lines.push(`Central differences in float64: largest relative error ${short(check.maxRel)}.`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
