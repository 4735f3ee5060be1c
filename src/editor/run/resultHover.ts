// The hover on a result: what it is, its value, a table or a picture of it, and what can be done with it.
import * as vscode from 'vscode';
import type { LineResult } from '../../shared/trace.ts';
import { heatmap, type PictureColors } from '../pictures.ts';
import { displayLine, type Row } from './sheet.ts';
import { shortNumber, typeText } from './valueText.ts';

/** Commands that a hover may give. */
const enabledCommands = [
  'tensorlift.copyResult',
  'tensorlift.showTensors',
  'tensorlift.revealInGraph',
  'tensorlift.showOutput',
];
const why: Readonly<Record<NonNullable<Row['stale']>, string>> = {
  changed: 'The line changed since the run.',
  needs: 'Something that this line needs changed since the run.',
  lost: 'The kernel was restarted since: the name is gone there.',
};
const shown = 4;

export function resultHover(row: Row, uri: string, colors: PictureColors): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.isTrusted = { enabledCommands };
  text.supportHtml = true;
  const results = [...row.results.values()].reverse();
  for (const result of results.slice(0, shown)) describe(text, result, row, uri, colors);
  if (results.length > shown)
    text.appendMarkdown(
      `\n\nand ${results
        .slice(shown)
        .map(({ name }) => `\`${name}\``)
        .join(', ')}`,
    );
  if (row.printed.trim())
    text.appendMarkdown('\n\n$(output) printed\n').appendCodeblock(clip(row.printed.trimEnd()), 'text');
  if (row.figure) text.appendMarkdown(`\n\n$(graph-line) figure: ${row.figure} (see Plots in the panel)`);
  if (row.stale) text.appendMarkdown(`\n\n$(history) ${why[row.stale]}`);
  return text;
}

function describe(text: vscode.MarkdownString, result: LineResult, row: Row, uri: string, colors: PictureColors): void {
  const { name, summary, ms, repr } = result;
  text.appendMarkdown(`\n\n${name ? `**\`${name}\`** · ` : ''}\`${typeText(result)}\` · ${milliseconds(ms)}`);
  if (summary && summary.min !== null && summary.max !== null) {
    const parts = [`${shortNumber(summary.min)} … ${shortNumber(summary.max)}`];
    if (summary.mean !== null) parts.push(`mean ${shortNumber(summary.mean)}`);
    if (summary.nonFinite) parts.push(`$(warning) ${summary.nonFinite.toLocaleString('en')} not finite`);
    text.appendMarkdown(` · ${parts.join(' · ')}`);
  }
  const table = tableOf(result);
  const picture = table || !summary ? null : heatmap(summary, colors);
  if (table) text.appendMarkdown(`\n\n${table}`);
  if (picture)
    text.appendMarkdown(`\n\n<img src="${picture.uri}" width="${picture.width}" height="${picture.height}">\n\n`);
  const where = { uri, line: displayLine(row), name };
  const links = [link('$(copy) Copy', 'tensorlift.copyResult', where)];
  if (name && result.shape.length > 0)
    links.push(link('$(table) Open Tensor', 'tensorlift.showTensors', { uri, name }));
  if (name)
    links.push(link('$(type-hierarchy) Show in Graph', 'tensorlift.revealInGraph', { uri, line: row.start, name }));
  text.appendMarkdown(`\n\n${links.join(' &nbsp;·&nbsp; ')}`);
  if (!table) text.appendMarkdown('\n').appendCodeblock(clip(repr, picture ? 6 : 12), 'python');
}

const link = (title: string, command: string, argument: unknown): string =>
  `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;

const milliseconds = (ms: number): string =>
  ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : ms >= 1 ? `${ms.toFixed(1)} ms` : `${Math.round(ms * 1000)} µs`;

/** At most so many lines of a text. */
function clip(text: string, most = 12): string {
  const lines = text.split('\n');
  return lines.length > most ? [...lines.slice(0, most), `… ${lines.length - most} more lines`].join('\n') : text;
}

/** A small matrix as a table, from its heat values, which are all of its elements. */
function tableOf({ shape, summary }: LineResult): string | null {
  const [rows = 0, columns = 0] = shape;
  if (
    shape.length !== 2 ||
    rows > 6 ||
    columns > 6 ||
    rows * columns === 0 ||
    summary?.heat?.values.length !== rows * columns
  )
    return null;
  const { values } = summary.heat;
  const head = `| |${Array.from({ length: columns }, (_, at) => ` ${at} |`).join('')}`;
  const rule = `|:-:|${'--:|'.repeat(columns)}`;
  const body = Array.from({ length: rows }, (_, row) => {
    const cells = values.slice(row * columns, (row + 1) * columns);
    return `| **${row}** |${cells.map(value => ` ${value === null ? 'nan' : shortNumber(value)} |`).join('')}`;
  });
  return [head, rule, ...body].join('\n');
}
