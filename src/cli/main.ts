#!/usr/bin/env node
// The `tensorlift` command: the table of commands, and what happens with errors.
import { Command, CommanderError } from 'commander';
import { commands } from './commands.ts';
import { asFailure, exitCodes, usage } from './failure.ts';
import type { Failure } from './failure.ts';
import { painter } from './style.ts';
import { version } from './version.ts';

/** What follows `-m MODULE` belongs to the module, options included, as in Python. */
function separateModule(argv: readonly string[]): readonly string[] {
  const at = argv[0] === 'run' ? argv.findIndex(word => word === '-m' || word === '--module') : -1;
  const stop = argv.indexOf('--');
  if (at < 0 || (stop >= 0 && stop < at)) return argv;
  return [...argv.slice(0, at + 2), '--', ...argv.slice(at + 2)];
}

function report(failure: Failure, debug: boolean): void {
  const paint = painter(process.stderr);
  process.stderr.write(`${paint('red', 'error:')} ${failure.message}\n`);
  if (failure.hint) process.stderr.write(`${paint('cyan', 'hint:')} ${failure.hint}\n`);
  if (debug && (failure.detail ?? failure.stack)) process.stderr.write(`${failure.detail ?? failure.stack}\n`);
}

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('tensorlift')
    .description('Reads NumPy code, lifts it to TensorFlow, proves each change by running both sides, and runs it.')
    .version(version, '-V, --version')
    .option('--debug', 'print stack traces of errors')
    .configureOutput({ outputError: () => undefined })
    .showSuggestionAfterError(true)
    .exitOverride();
  for (const make of commands) {
    const command = make();
    program.addCommand(command.option('--debug', 'print stack traces of errors').copyInheritedSettings(program));
  }
  try {
    if (argv.length === 0) program.help({ error: true });
    await program.parseAsync([...separateModule(argv)], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      const known = program.commands.some(command => command.name() === argv[0]);
      if (error.exitCode === 0) return;
      if (error.code === 'commander.help') process.exitCode = exitCodes.usage;
      else {
        const text = error.message.replace(/^error: /, '');
        const [sentence = text, suggestion] = text.split('\n');
        report(
          usage(
            `${sentence.charAt(0).toUpperCase()}${sentence.slice(1).replace(/\.?$/, '.')}`,
            suggestion?.replace(/^\(|\)$/g, '') ??
              `\`tensorlift ${known ? `${argv[0]} ` : ''}--help\` shows how it is used.`,
          ),
          false,
        );
        process.exitCode = exitCodes.usage;
      }
      return;
    }
    const failure = asFailure(error);
    report(failure, argv.includes('--debug'));
    process.exitCode = failure.code;
  }
}

// A reader that went away (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.runtime),
);
await main(process.argv.slice(2));
