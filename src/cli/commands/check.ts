// `tensorlift check PATH...`: findings of files, notebooks and folders.
import { Command, Option } from 'commander';
import type { CheckedFile } from '../../service/check.ts';
import type { Position } from '../../shared/positions.ts';
import type { Severity } from '../../shared/findings.ts';
import { exitCodes } from '../failure.ts';
import { asFailure } from '../failure.ts';
import { expand, readInput } from '../input.ts';
import { inCells } from '../cells.ts';
import { printJson } from '../json.ts';
import { printFindings, printSummary, type CheckedText } from '../print/findings.ts';
import { sarif } from '../print/sarif.ts';
import { withProgress } from '../progress.ts';
import { painter } from '../style.ts';

interface CheckFlags {
  readonly json?: boolean;
  readonly format: 'text' | 'json' | 'sarif';
  readonly failOn: 'info' | 'warning' | 'error';
}

const ranks: Readonly<Record<Severity, number>> = { hint: 0, info: 1, warning: 2, error: 3 };

export function checkCommand(): Command {
  return new Command('check')
    .description('say what would change under TensorFlow, and how to fix it')
    .argument('<path...>', 'Python files, notebooks, folders; - reads standard input')
    .option('--json', 'print one JSON document (as --format json)')
    .addOption(new Option('--format <format>', 'form of the output').choices(['text', 'json', 'sarif']).default('text'))
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 from this severity on')
        .choices(['info', 'warning', 'error'])
        .default('error'),
    )
    .action(async (paths: string[], flags: CheckFlags) => {
      process.exitCode = await runCheck(paths, flags);
    });
}

const warn = (message: string): void =>
  void process.stderr.write(`${painter(process.stderr)('yellow', 'warning:')} ${message}\n`);

function where(name: string, start: Position, notebook: CheckedText['notebook']): string {
  const found = notebook?.locate(start);
  return found
    ? `${name}, cell ${found.cell.index + 1}, line ${found.position.line + 1}`
    : `${name}, line ${start.line + 1}`;
}

/** Checks every file; one of a folder that cannot be read is named and passed over, one that was named ends the command. */
async function checkAll(paths: readonly string[], step: (text: string) => void): Promise<readonly CheckedText[]> {
  const [{ check }, { openDocument }] = await Promise.all([
    import('../../service/check.ts'),
    import('../../service/analysis.ts'),
  ]);
  const checked: CheckedText[] = [];
  for (const name of await expand(paths)) {
    step(`Checking ${name}`);
    try {
      const input = await readInput(name);
      const file: CheckedFile = { ...(await check(input.text, input.path)), path: input.name };
      const { text, notebook, analysis } = await openDocument(input.text, input.path);
      checked.push({ file, text, notebook });
      const { error } = analysis.program;
      if (error)
        warn(
          `${where(name, analysis.program.range(error).start, notebook)} is not Python; what stands around it was passed over.`,
        );
    } catch (error) {
      if (paths.includes(name)) throw error;
      const { message } = asFailure(error);
      warn(message);
    }
  }
  return checked;
}

async function runCheck(paths: readonly string[], flags: CheckFlags): Promise<number> {
  const checked = await withProgress('Checking', step => checkAll(paths, step));
  const files = checked.map(({ file }) => file);
  const format = flags.json ? 'json' : flags.format;
  if (format === 'json') printJson({ files: checked.map(({ file, notebook }) => inCells(file, notebook)) });
  else if (format === 'sarif') printJson(sarif(checked));
  else {
    const paint = painter(process.stdout);
    for (const each of checked) printFindings(each, paint);
    printSummary(files, paint);
  }
  const worst = Math.max(0, ...files.flatMap(({ diagnostics }) => diagnostics.map(({ severity }) => ranks[severity])));
  return worst >= ranks[flags.failOn] ? exitCodes.no : exitCodes.done;
}
