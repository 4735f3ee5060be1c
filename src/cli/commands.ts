// The table of commands. Each makes its own arguments; what does the work is loaded when the command runs.
import type { Command } from 'commander';
import { runCommand } from './commands/run.ts';

export const commands: readonly (() => Command)[] = [runCommand];
