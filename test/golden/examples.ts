// The runnable examples of rules and transforms, before and after conversion: for the docs, the tests and the oracle.
import { rules, tolerances, transforms } from '../../src/core/rules/index.ts';
import type { Level } from '../../src/shared/findings.ts';
import { convertText } from './convertText.ts';

export interface Example {
  readonly id: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly level: Level;
  readonly tolerance: number;
  /** Rules that the conversion used. */
  readonly rules: readonly string[];
  readonly blocked: readonly string[];
}

const withImport = (example: string): string => `import numpy as np\n\n${example}\n`;

export async function convertedExamples(): Promise<readonly Example[]> {
  const rows = [
    ...rules.map(({ id, names, example, bound }) => ({ id, name: names[0] ?? '', example, tolerance: tolerances[bound] })),
    ...Object.values(transforms).map(({ id, name, example }) => ({ id, name, example, tolerance: tolerances.ulp })),
  ];
  const found: Example[] = [];
  for (const { id, name, example, tolerance } of rows) {
    const before = withImport(example);
    const { source, units } = await convertText(before);
    const [unit] = units;
    found.push({
      id,
      name,
      before,
      after: source,
      level: unit?.level ?? 'safe',
      tolerance,
      rules: units.flatMap(({ rules: used }) => used),
      blocked: units.flatMap(({ blocked }) => blocked.map(({ reason }) => reason)),
    });
  }
  return found;
}
