#!/usr/bin/env node
// The `tensorlift` command: wires the table of commands to the arguments.
import { readFileSync } from 'node:fs';
import { run } from '../service/run.ts';

const file = process.argv[3] ?? '';
const result = await run({
  path: file,
  source: readFileSync(file, 'utf8'),
  events: { output: (stream, text) => process[stream].write(text) },
});
process.exitCode = result.error ? 1 : 0;
