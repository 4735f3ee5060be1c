// Writes docs/rules: one page for each rule, transform, hazard, session finding and refusal, from their tables. The outputs shown are
// those that NumPy and TensorFlow gave (test/oracle/recorded/{rule,hazard}_examples.json).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { sessionRules } from '../src/core/check/index.ts';
import { hazards } from '../src/core/hazards/index.ts';
import { refusals, rules, tolerances, transforms } from '../src/core/rules/index.ts';
import type { Rule } from '../src/core/rules/index.ts';

interface Example {
  readonly id: string;
  readonly before: string;
  readonly after: string;
  readonly level: string;
}
const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const code = (text: string, language = 'python'): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** File name → text of every page. */
export function rulePages(): ReadonlyMap<string, string> {
  const examples = new Map((JSON.parse(read('../test/golden/examples.json')) as Example[]).map(row => [row.id, row]));
  const outputs = JSON.parse(read('../test/oracle/recorded/rule_examples.json')) as Record<
    string,
    { numpy: string; tensorflow: string } | undefined
  >;
  const seen = JSON.parse(read('../test/oracle/recorded/hazard_examples.json')) as Record<
    string,
    { numpyResult: string; tensorflowResult: string } | undefined
  >;
  const pages = new Map<string, string>();
  const index: string[] = [];
  const add = (id: string, name: string, parts: readonly [sentence: string, ...rest: readonly string[]]): void => {
    pages.set(`${id}.md`, [`# ${id} ${name}`, ...parts].join('\n\n') + '\n');
    index.push(`| [${id}](${id}.md) | ${cell(name)} | ${cell(parts[0])} |`);
  };
  const shown = (id: string): readonly string[] => {
    const example = examples.get(id);
    const output = outputs[id];
    if (!example) return [];
    const gives = (text: string | undefined): readonly string[] =>
      text === undefined || text === 'None' ? [] : ['`result` is then', code(text, 'text')];
    return [
      '## Example',
      'NumPy:',
      code(example.before),
      ...gives(output?.numpy),
      `TensorFlow (level of this conversion: **${example.level}**):`,
      code(example.after),
      ...gives(output?.tensorflow),
    ];
  };
  for (const rule of rules) {
    add(rule.id, rule.names.map(nameOf).join(', '), [
      rule.why,
      ...formsOf(rule),
      `Values agree ${rule.bound === 'exact' ? 'exactly' : `within a relative error of ${tolerances[rule.bound]}`}, dtype and shape always.`,
      ...refusedArguments(rule),
      ...shown(rule.id),
    ]);
  }
  for (const row of Object.values(transforms)) {
    add(row.id, row.name, [
      row.why,
      '## When it is used',
      row.proof,
      `Level: **${row.level}**, unless the finding names a difference.`,
      ...shown(row.id),
    ]);
  }
  for (const hazard of hazards) {
    add(hazard.id, hazard.name, [
      hazard.message.replace(/\{(\w+)\}/g, '…'),
      '## NumPy',
      code(hazard.numpy),
      ...outcome(seen[hazard.id]?.numpyResult),
      '## TensorFlow',
      code(hazard.tensorflow),
      ...outcome(seen[hazard.id]?.tensorflowResult),
      silence(hazard.id),
    ]);
  }
  for (const row of Object.values(sessionRules))
    add(row.id, row.name, [row.message.replace(/\{(\w+)\}/g, '…'), silence(row.id)]);
  for (const row of Object.values(refusals)) {
    add(row.id, row.name, [row.why, '## What to do', row.todo, '## Example', code(row.example)]);
  }
  pages.set(
    'README.md',
    ['# Rules', 'A rule has a number and a page, which the editor opens offline.', ...sections(index)].join('\n\n') +
      '\n',
  );
  return pages;
}

const nameOf = (name: string): string => (/^[\w.]+$/.test(name) && !name.startsWith('subscript') ? `np.${name}` : name);

/** What an example of a hazard gave, or the exception that it raised. */
function outcome(result: string | undefined): readonly string[] {
  if (result === undefined) return [];
  return /^\w+(?:Error|Exception)$/.test(result) ? [`raises \`${result}\`.`] : ['gives', code(result, 'text')];
}

const silence = (id: string): string =>
  `To leave it out: \`# tensorlift: ignore[${id}]\` behind the line, or one of the quick fixes “Disable ${id} …”.`;

/** Hundreds of the numbers → what these rules are about. */
const titles: readonly (readonly [hundreds: RegExp, title: string])[] = [
  [/TL[167]/, 'What a call becomes'],
  [/TL2/, 'Where NumPy code would change its meaning under TensorFlow'],
  [/TL3/, 'Sessions and timing'],
  [/TL4/, 'Where a tape gives no gradient'],
  [/TL5/, 'Where a tf.function does something else'],
  [/TL9/, 'Why something stays NumPy'],
];

/** A table for each title. */
function sections(index: readonly string[]): readonly string[] {
  const sorted = [...index].sort();
  return titles.flatMap(([hundreds, title]) => [
    `## ${title}`,
    ['| rule | name | |', '|---|---|---|', ...sorted.filter(row => hundreds.test(row.slice(0, 6)))].join('\n'),
  ]);
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The forms as written in the table, with their levels. */
function formsOf(rule: Rule): readonly string[] {
  const lines = rule.forms.flatMap(({ tf, review, unsafe }) => {
    if (typeof tf !== 'string') return [];
    const text = tf.replace(/[«»]/g, '').replace(/\{(\w+)(?::\w+)?\}/g, '$1');
    const level =
      unsafe !== undefined
        ? `Unsafe: ${unsafe}`
        : typeof review === 'string'
          ? `Review: ${review}`
          : review
            ? 'Safe or Review, by what is known'
            : 'Safe';
    return [`- \`${text}\`: ${level}`];
  });
  return lines.length === 0 ? [] : ['## Forms', [...new Set(lines)].join('\n')];
}

function refusedArguments(rule: Rule): readonly string[] {
  const rows = Object.entries(rule.refuse ?? {}).map(([name, { because }]) => `- \`${name}\`: ${because}`);
  return rows.length === 0 ? [] : ['## Refused arguments', rows.join('\n')];
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = new URL('../docs/rules/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of rulePages()) writeFileSync(new URL(name, folder), text);
}
