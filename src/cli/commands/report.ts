// `tensorlift report FILE -o OUT.html`: everything about one file on one page.
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { exitCodes, usage } from '../failure.ts';
import { readInput } from '../input.ts';
import { interpreter } from '../interpreter.ts';
import { withProgress } from '../progress.ts';

export function reportCommand(): Command {
  return new Command('report')
    .description('one self-contained page: source, conversion, findings, verification, graph, gradients, timings')
    .argument('<file>', 'Python file or notebook; - reads standard input')
    .requiredOption('-o, --output <out.html>', 'the page to write')
    .option('--python <path>', 'verify on the NumPy and TensorFlow of this interpreter')
    .action(async (file: string, { output, python }: { readonly output: string; readonly python?: string }) => {
      if (python !== undefined) interpreter(python);
      const { name, path, text } = await readInput(file);
      const { report } = await import('../../service/report.ts');
      const page = await withProgress(`Reporting on ${name}`, progress =>
        report(text, path, { progress, ...(python === undefined ? {} : { python }) }),
      );
      await writeFile(output, page).catch((error: NodeJS.ErrnoException) => {
        throw usage(`${output} cannot be written (${error.code ?? error.message}).`);
      });
      process.stderr.write(`Wrote ${output}.\n`);
      process.exitCode = exitCodes.done;
    });
}
