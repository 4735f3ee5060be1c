// The table of commands. Each makes its own arguments; what does the work is loaded when the command runs.
import type { Command } from 'commander';
import { checkCommand } from './commands/check.ts';
import { convertCommand } from './commands/convert.ts';
import { gradCommand } from './commands/grad.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { verifyCommand } from './commands/verify.ts';

export const commands: readonly (() => Command)[] = [
  checkCommand,
  convertCommand,
  runCommand,
  gradCommand,
  verifyCommand,
  reportCommand,
];
