// `tensorlift run FILE`: a Python program on the bundled runtime, streamed as it runs.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { existsSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { DeviceChoice } from '../../shared/protocol.ts';
import type { RunOutcome } from '../../service/run.ts';
import { Failure, exitCodes, usage } from '../failure.ts';
import { readInput } from '../input.ts';
import type { Document } from '../../service/analysis.ts';
import { inCells } from '../cells.ts';
import { printJson } from '../json.ts';
import { painter } from '../style.ts';

interface RunFlags {
  readonly device: DeviceChoice;
  readonly timeout?: number;
  readonly graph?: string;
  readonly profile?: string;
  readonly json?: boolean;
  readonly module?: string;
  readonly path: readonly string[];
}

export function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('A number of seconds above zero is expected.');
  return value;
}

export function runCommand(): Command {
  return new Command('run')
    .description('run a Python file (NumPy, TensorFlow or both) on the bundled runtime')
    .argument('[file]', 'Python file or notebook; - reads standard input')
    .argument('[args...]', 'arguments of the program, after --')
    .addOption(new Option('--device <device>', 'where ops run').choices(['auto', 'webgpu', 'wasm']).default('auto'))
    .option('--timeout <seconds>', 'stop the program after so many seconds', positive)
    .option('--graph <out.html>', 'write the graph and the gradients as one page')
    .option('--profile <out.cpuprofile>', 'write the timings for a profile viewer')
    .option('--json', 'print one JSON document')
    .option('-m, --module <module>', 'run a module as `python -m` does; what follows belongs to it')
    .option(
      '--path <dir>',
      'folder of pure-Python modules, read-only (repeatable)',
      (dir: string, all: string[]) => [...all, dir],
      [],
    )
    .action(async (file: string | undefined, args: string[], flags: RunFlags) => {
      process.exitCode = await runProgram(file, args, flags);
    });
}

/** Lines of standard input, one at a time; null at its end. Nothing is read before the first is asked for. */
function lineReader(): { next(): Promise<string | null>; close(): void } {
  let reader: Interface | null = null;
  let lines: AsyncIterator<string> | null = null;
  return {
    async next() {
      reader ??= createInterface({ input: process.stdin, terminal: false });
      lines ??= reader[Symbol.asyncIterator]();
      const { value, done } = await lines.next();
      return done ? null : value;
    },
    close: () => reader?.close(),
  };
}

async function program(file: string | undefined, args: readonly string[], { module, path: paths }: RunFlags) {
  for (const folder of paths) if (!existsSync(folder)) throw usage(`The folder ${folder} of --path does not exist.`);
  if (module !== undefined) {
    const argv = file === undefined ? args : [file, ...args];
    const folder = process.cwd();
    const named = argv.map(each => path.resolve(each)).filter(each => existsSync(each));
    return { module, argv, folder, path: path.resolve(module), roots: named.map(each => path.dirname(each)), paths };
  }
  if (file === undefined) throw usage('A file to run is missing.', 'tensorlift run FILE, or tensorlift run -m MODULE');
  const { text, path: full } = await readInput(file);
  return { source: text, argv: args, path: full, paths };
}

async function runProgram(file: string | undefined, args: readonly string[], flags: RunFlags): Promise<number> {
  const options = await program(file, args, flags);
  const { run } = await import('../../service/run.ts');
  const abort = new AbortController();
  const interrupt = () => abort.abort();
  process.on('SIGINT', interrupt);
  const reader = lineReader();
  try {
    const outcome = await run({
      ...options,
      device: flags.device,
      ...(flags.timeout === undefined ? {} : { timeout: flags.timeout }),
      lines: flags.json === true || flags.graph !== undefined,
      trace: flags.json === true || flags.graph !== undefined || flags.profile !== undefined,
      signal: abort.signal,
      events: {
        output: (stream, text) => void (flags.json ? undefined : process[stream].write(text)),
        input: () => (file === '-' ? null : reader.next()),
      },
    });
    if (flags.graph !== undefined) await writeGraph(flags.graph, options, outcome);
    if (flags.profile !== undefined) {
      const { profileOf } = await import('../../service/profile.ts');
      await write(flags.profile, JSON.stringify(profileOf(outcome, options.path)));
    }
    const book = flags.json && options.path.endsWith('.ipynb') ? await notebookOf(options) : null;
    return finish(outcome, flags, book);
  } finally {
    reader.close();
    process.off('SIGINT', interrupt);
  }
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
    throw usage(`${file} cannot be written (${error.code ?? error.message}).`);
  });
}

async function writeGraph(
  file: string,
  options: { path: string; source?: string },
  outcome: RunOutcome,
): Promise<void> {
  const [{ resultStatus }, { pageOf }] = await Promise.all([
    import('../../service/report.ts'),
    import('../../service/reportPage.ts'),
  ]);
  const name = path.basename(options.path);
  const page = await pageOf([
    {
      title: name,
      path: name,
      source: options.source ?? '',
      findings: [],
      conversion: null,
      verification: null,
      run: { ...outcome, status: resultStatus(outcome) },
      made: { at: Date.now(), version: (await import('../version.ts')).version },
    },
  ]);
  await write(file, page);
}

async function notebookOf({
  source = '',
  path: file,
}: {
  source?: string;
  path: string;
}): Promise<Document['notebook']> {
  const { openDocument } = await import('../../service/analysis.ts');
  return (await openDocument(source, file)).notebook;
}

/** Prints what is left to say and gives the exit code. */
function finish(outcome: RunOutcome, flags: RunFlags, notebook: Document['notebook']): number {
  const { status, error } = outcome;
  if (flags.json) {
    const told = status === 'ok' || status === 'timeout' ? status : 'error';
    printJson(inCells({ ...outcome, status: told }, notebook));
    return status === 'died' ? exitCodes.runtime : status === 'ok' ? exitCodes.done : (error?.exitCode ?? exitCodes.no);
  }
  const paint = painter(process.stderr);
  if (flags.device === 'webgpu' && outcome.device.kind !== 'webgpu')
    process.stderr.write(`${paint('yellow', 'note:')} Programs run on WebAssembly: a GPU is not used yet.\n`);
  if (status === 'died') throw new Failure(exitCodes.runtime, error?.message ?? 'The Python interpreter stopped.');
  if (status === 'timeout') {
    process.stderr.write(`${paint('red', 'error:')} The program was stopped after ${flags.timeout} s (--timeout).\n`);
    return exitCodes.no;
  }
  if (error?.type === 'KernelError') process.stderr.write(`${paint('red', 'error:')} ${error.message}\n`);
  return status === 'ok' ? exitCodes.done : (error?.exitCode ?? exitCodes.no);
}
