// `npm start`: the main job on the example programs, in the terminal, and one report page for all of them.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { reportData } from '../service/report.ts';
import { pageOf } from '../service/reportPage.ts';
import type { ReportData } from '../shared/report.ts';
import { excerpt, linesOf } from './excerpt.ts';
import { count, painter, short, table } from './style.ts';

const paint = painter(process.stdout);
const say = (text = ''): void => void process.stdout.write(`${text}\n`);
const heading = (text: string): void => say(`\n${paint('bold', text)}`);
const indent = (text: string): string => text.trimEnd().replace(/^/gm, '  ');

const levels = { safe: ['green', '✓ safe'], review: ['blue', '◐ review'], unsafe: ['yellow', '⚠ unsafe'] } as const;
const severities = { error: 'red', warning: 'yellow', info: 'blue', hint: 'cyan' } as const;

function tellFindings({ findings, source, path: name }: ReportData): void {
  const told = findings.filter(finding => finding.severity !== 'hint');
  const hints = findings.length - told.length;
  heading(
    `Findings: ${count(told.length, 'that change the meaning').replace('meanings', 'meaning')}, ${count(hints, 'call')} that can be lifted`,
  );
  const lines = linesOf(source);
  for (const finding of told.slice(0, 6)) {
    const [colour, level] = levels[finding.fixes[0]?.level ?? 'review'];
    const fix = finding.fixes[0] ? `  ${paint(colour, `${level}: ${finding.fixes[0].title}`)}` : '';
    say(`${paint(severities[finding.severity], finding.rule)} ${finding.message}${fix && `\n${fix}`}`);
    say(excerpt(lines, name, finding.range, paint, severities[finding.severity]));
  }
  if (told.length > 6) say(`  … and ${told.length - 6} more: tensorlift check ${name}`);
}

function tellConversion({ conversion, verification, source }: ReportData): void {
  if (!conversion || conversion.source === source)
    return say('\nNothing to convert: the program is TensorFlow already.');
  heading(`Converted (${conversion.complete ? 'complete' : 'partial'})`);
  say(indent(conversion.source));
  const rows = conversion.units
    .filter(unit => unit.status !== 'unchanged')
    .map(unit => {
      const [colour, level] = levels[unit.level];
      const why = unit.blocked.map(item => `line ${item.range.start.line + 1}: ${item.reason}`).join('; ');
      const name = unit.kind === 'module' ? 'module' : `${unit.name}()`;
      return [name, unit.status, paint(colour, level), unit.rules.join(' '), unit.verification?.status ?? '', why];
    });
  heading('Changes, their level and their proof');
  say(table(rows));
  if (verification)
    say(`  ${paint(verification.verdict.status === 'verified' ? 'green' : 'yellow', verification.text)}`);
}

function tellRun({ run }: ReportData): void {
  if (!run) return;
  heading(`Output (${run.device.name})`);
  say(indent(run.stdout || '(nothing)'));
  if (run.error) say(indent(paint('red', run.error.traceback)));
  const { nodes, edges } = run.graph;
  const kernels = new Set(nodes.map(node => node.kernel).filter(kernel => kernel !== null)).size;
  const backward = nodes.filter(node => node.lane === 'backward').length;
  heading('Graph');
  say(
    `  ${count(nodes.length, 'node')} (${backward} backward), ${count(edges.length, 'edge')}, ${count(kernels, 'kernel')}`,
  );
  if (run.gradients.length) {
    heading('Gradients');
    const rows = run.gradients.map(({ target, source, dtype, shape, norm, min, max, value }) => [
      `∂${target}/∂${source}`,
      `${dtype}[${shape.join(',')}]`,
      value.replace(/\s+/g, ' ').slice(0, 40),
      short(norm),
      short(min),
      short(max),
    ]);
    say(table([['', 'type', 'value', 'norm', 'min', 'max'].map(text => paint('dim', text)), ...rows], [3, 4, 5]));
  }
  heading('Times');
  say(`  start ${run.ms.start.toFixed(0)} ms, run ${run.ms.run.toFixed(1)} ms`);
}

const files = process.argv.slice(2);
const reports: ReportData[] = [];
let failed = false;
for (const file of files) {
  const text = await readFile(file, 'utf8');
  say(`\n${paint('bold', paint('cyan', `━━ ${file} `.padEnd(78, '━')))}`);
  const data = await reportData(text, path.resolve(file));
  tellFindings(data);
  tellConversion(data);
  tellRun(data);
  reports.push(data);
  failed ||= data.run?.status !== 'ok' || data.verification?.verdict.status === 'differs';
}
await mkdir('out', { recursive: true });
await writeFile('out/report.html', await pageOf(reports));
say(`\n${paint('bold', 'Report')}  ${pathToFileURL(path.resolve('out/report.html')).href}`);
say(
  'Try     npx tensorlift check FILE · convert FILE · run FILE · grad FILE FUNCTION · verify A B · report FILE -o OUT.html',
);
say(
  'Editor  npm run vscode    opens VS Code with the extension on the examples: the desktop one, or one in the browser',
);
say('        npm run package   makes the extension as a file; then: code --install-extension out/tensorlift-….vsix');
process.exitCode = failed ? 1 : 0;
