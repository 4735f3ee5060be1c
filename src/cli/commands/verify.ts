// `tensorlift verify ORIGINAL CONVERTED`: runs both and compares what they print and what they compute.
import { Command } from 'commander';
import type { Verified } from '../../service/verify.ts';
import { exitCodes } from '../failure.ts';
import { readInput } from '../input.ts';
import { interpreter } from '../interpreter.ts';
import { printJson } from '../json.ts';
import { withProgress } from '../progress.ts';
import { painter, short, table } from '../style.ts';
import type { Paint } from '../style.ts';

interface VerifyFlags {
  readonly python?: string;
  readonly json?: boolean;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description('run two files, seeded alike, and compare what they print and compute')
    .argument('<original>', 'the NumPy file')
    .argument('<converted>', 'the TensorFlow file')
    .option('--python <path>', 'run on the NumPy and TensorFlow of this interpreter')
    .option('--json', 'print one JSON document')
    .action(async (original: string, converted: string, flags: VerifyFlags) => {
      process.exitCode = await runVerify(original, converted, flags);
    });
}

async function runVerify(original: string, converted: string, flags: VerifyFlags): Promise<number> {
  if (flags.python !== undefined) interpreter(flags.python);
  const [left, right] = [await readInput(original), await readInput(converted)];
  const { verify } = await import('../../service/verify.ts');
  const { python } = flags;
  const verified = await withProgress(`Running ${left.name} and ${right.name}`, () =>
    verify(left.text, right.text, left.path, python === undefined ? {} : { python }),
  );
  if (flags.json) printJson({ ...verified.verdict, text: verified.text, comparison: verified.comparison });
  else print(verified, painter(process.stdout));
  return verified.verdict.status === 'verified' ? exitCodes.done : exitCodes.no;
}

function print({ verdict, text, comparison }: Verified, paint: Paint): void {
  const rows = comparison.values.map(({ name, dtypes, shapes, maxAbs = 0, maxRel = 0, problem }) => [
    name,
    dtypes === undefined ? '' : dtypes[0] === dtypes[1] ? dtypes[0] : dtypes.join(' / '),
    shapes === undefined ? '' : `(${shapes[0].join(', ')})`,
    short(maxAbs),
    short(maxRel),
    problem === undefined ? '' : paint('red', problem),
  ]);
  const header = ['name', 'dtype', 'shape', 'max abs', 'max rel', ''].map(each => paint('dim', each));
  if (rows.length) process.stdout.write(`${table([header, ...rows], [3, 4])}\n`);
  const colour = verdict.status === 'verified' ? 'green' : verdict.status === 'not-run' ? 'yellow' : 'red';
  process.stdout.write(`${paint(colour, verdict.status)}: ${text}\n`);
}
