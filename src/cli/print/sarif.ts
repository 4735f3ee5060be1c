// Findings as SARIF 2.1.0, for code scanning.
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import type { Severity } from '../../shared/findings.ts';
import type { Range } from '../../shared/positions.ts';
import { inCells } from '../cells.ts';
import { version } from '../version.ts';
import type { CheckedText } from './findings.ts';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** SARIF counts from 1; the column after the last one ends a region. */
const region = ({ start, end }: Range) => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});

const uri = (file: string): string =>
  path.isAbsolute(file) ? pathToFileURL(file).href : encodeURI(file.replaceAll('\\', '/'));

/** Regions of a notebook count within the cell, which is the logical location; replacements in its JSON are not told. */
export function sarif(checked: readonly CheckedText[]): object {
  const files = checked.map(({ file }) => file);
  const rules = new Map<string, object>();
  for (const { rule, name } of files.flatMap(file => file.diagnostics))
    if (!rules.has(rule)) rules.set(rule, { id: rule, name });
  const ids = [...rules.keys()];
  const results = checked.flatMap(({ file: whole, notebook }) => {
    const { path: file, diagnostics } = inCells(whole, notebook);
    const artifactLocation = { uri: uri(file) };
    return diagnostics.map(({ rule, severity, message, range, fixes, ...rest }) => ({
      ruleId: rule,
      ruleIndex: ids.indexOf(rule),
      level: levels[severity],
      message: { text: message },
      locations: [
        {
          physicalLocation: { artifactLocation, region: region(range) },
          ...('cell' in rest ? { logicalLocations: [{ name: `cell ${Number(rest.cell) + 1}`, kind: 'module' }] } : {}),
        },
      ],
      ...(fixes.length && !notebook
        ? {
            fixes: fixes.map(({ title, edits }) => ({
              description: { text: title },
              artifactChanges: [
                {
                  artifactLocation,
                  replacements: edits.map(edit => ({
                    deletedRegion: region(edit.range),
                    insertedContent: { text: edit.newText },
                  })),
                },
              ],
            })),
          }
        : {}),
    }));
  });
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'tensorlift', version, rules: [...rules.values()] } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}
