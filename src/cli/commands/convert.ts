// `tensorlift convert FILE`: the file as TensorFlow code, each unit with its verdict.
import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import type { Converted } from '../../service/convert.ts';
import type { Level } from '../../shared/findings.ts';
import { exitCodes, usage } from '../failure.ts';
import { readInput } from '../input.ts';
import { inCells } from '../cells.ts';
import { interpreter } from '../interpreter.ts';
import { printJson } from '../json.ts';
import { printConversion } from '../print/conversion.ts';
import { withProgress } from '../progress.ts';
import { painter } from '../style.ts';

interface ConvertFlags {
  readonly to: 'tf';
  readonly dtypes: 'faithful' | 'float32';
  readonly level: Level;
  readonly function?: string;
  readonly verify: boolean;
  readonly output?: string;
  readonly write?: boolean;
  readonly python?: string;
  readonly json?: boolean;
}

export function convertCommand(): Command {
  return new Command('convert')
    .description('rewrite NumPy code to TensorFlow and prove it by running both sides')
    .argument('<file>', 'Python file or notebook; - reads standard input')
    .addOption(new Option('--to <target>', 'target library').choices(['tf']).default('tf'))
    .addOption(
      new Option('--dtypes <dtypes>', 'dtypes of the result').choices(['faithful', 'float32']).default('faithful'),
    )
    .addOption(
      new Option('--level <level>', 'apply fixes up to this level')
        .choices(['safe', 'review', 'unsafe'])
        .default('review'),
    )
    .option('--function <name>', 'only this function')
    .option('--no-verify', 'do not run the two sides')
    .option('-o, --output <out>', 'write to this file')
    .option('--write', 'write to the file itself')
    .option('--python <path>', 'verify on the NumPy and TensorFlow of this interpreter')
    .option('--json', 'print one JSON document')
    .action(async (file: string, flags: ConvertFlags) => {
      process.exitCode = await runConvert(file, flags);
    });
}

async function runConvert(file: string, flags: ConvertFlags): Promise<number> {
  if (flags.write && flags.output !== undefined) throw usage('--write and -o exclude each other.');
  if (flags.write && file === '-') throw usage('Standard input cannot be written to.', 'Use -o OUT.');
  if (flags.python !== undefined) interpreter(flags.python);
  const { name, path, text } = await readInput(file);
  const [{ convert }, { openDocument }] = await Promise.all([
    import('../../service/convert.ts'),
    import('../../service/analysis.ts'),
  ]);
  const converted = await withProgress(flags.verify ? `Converting and verifying ${name}` : `Converting ${name}`, () =>
    convert(text, path, {
      dtypes: flags.dtypes,
      level: flags.level,
      verify: flags.verify,
      ...(flags.function === undefined ? {} : { function: flags.function }),
      ...(flags.python === undefined ? {} : { python: flags.python }),
    }),
  );
  if (flags.function !== undefined && !converted.units.some(unit => unit.name === flags.function))
    throw usage(`${name} has no function ${flags.function}.`);
  const { broken } = converted;
  const good = broken === null && agrees(converted);
  const target = flags.write ? path : flags.output;
  // A file is never replaced by one that was seen to do something else.
  if (target !== undefined && (good || !flags.write)) await write(target, converted.source);
  if (flags.json) printJson(inCells(converted, (await openDocument(text, path)).notebook));
  else {
    if (target === undefined) process.stdout.write(converted.source);
    printConversion(converted, painter(process.stderr));
    const paint = painter(process.stderr);
    const fault = broken === null ? 'the two sides differ' : `line ${broken.start.line + 1} is not valid Python`;
    if (flags.write && !good) process.stderr.write(`${paint('red', 'error:')} ${name} was not changed: ${fault}.\n`);
    else if (broken !== null) process.stderr.write(`${paint('red', 'error:')} ${name}: ${fault}.\n`);
    if (target !== undefined && (good || !flags.write)) process.stderr.write(`Wrote ${flags.write ? name : target}.\n`);
  }
  return good ? exitCodes.done : exitCodes.no;
}

const bad = (status: string | undefined): boolean => status === 'differs' || status === 'failed';
const agrees = ({ units, verification }: Converted): boolean =>
  !bad(verification?.status) && !units.some(unit => bad(unit.verification?.status));

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
    throw usage(`${file} cannot be written (${error.code ?? error.message}).`);
  });
}
