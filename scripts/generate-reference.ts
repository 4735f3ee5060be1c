// Writes docs/reference.md: commands, keys, settings, colours and kinds of code actions, from the tables of src/editor/contributions.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { commands, type CommandRow } from '../src/editor/contributions/commands.ts';
import { actionKinds, colors } from '../src/editor/contributions/ids.ts';
import { settings, type SettingRow } from '../src/editor/contributions/settings.ts';

const code = (text: string): string => `\`${text}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(row => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** Menu id of VS Code → where the user finds it. */
const places: Readonly<Record<string, string>> = {
  'editor/title': 'editor title',
  'editor/title/run': 'run button',
  'tensorlift.context': 'context menu',
  'notebook/cell/title': 'title of a cell',
  'notebook/toolbar': 'toolbar of a notebook',
};

function found({ palette, menus }: CommandRow): string {
  const where = Object.keys(menus ?? {}).map(menu => places[menu] ?? menu);
  return [...(palette === false ? [] : ['palette']), ...where].join(', ') || 'links and lenses';
}

function settingTable(section: string): string {
  const rows = Object.entries<SettingRow>(settings).filter(([, row]) => row.section === section);
  const limits = ({ choices, minimum, trusted }: SettingRow): string =>
    [
      ...Object.entries(choices ?? {}).map(([choice, text]) => ` ${code(choice)}: ${text}`),
      ...(minimum === undefined ? [] : [` At least ${minimum}.`]),
      ...(trusted ? [' Only in a trusted workspace.'] : []),
    ].join('');
  return table(
    ['setting', 'default', ''],
    rows.map(([id, row]) => [code(id), code(JSON.stringify(row.default)), row.description + limits(row)]),
  );
}

/** The text of docs/reference.md. */
export function referencePage(): string {
  const rows = Object.entries<CommandRow>(commands);
  const sections = [...new Set(Object.values<SettingRow>(settings).map(row => row.section))];
  return `${[
    '# Reference',
    'Made from the tables in `src/editor/contributions` by `npm run docs`.',
    '## Commands',
    'All are in the category *Tensorlift*.',
    table(
      ['command', 'id', 'where', 'key'],
      rows.map(([id, row]) => [row.title, code(id), found(row), row.key ? code(row.key.key) : '']),
    ),
    '## Code actions',
    'Set them in `editor.codeActionsOnSave`, `notebook.codeActionsOnSave` or a keybinding for `editor.action.codeAction`.',
    table(
      ['kind', ''],
      [
        [code(actionKinds.rewrite), 'lift a call, a statement, a function or the file'],
        [code(actionKinds.fixAll), 'every fix of level Safe in the file'],
        [code(actionKinds.notebookFixAll), 'every fix of level Safe in the notebook'],
      ],
    ),
    '## Settings',
    ...sections.flatMap(section => [`### ${section}`, settingTable(section)]),
    '## Colours',
    'Set them in `workbench.colorCustomizations`.',
    table(
      ['colour', 'what for', 'dark, light, high contrast dark, high contrast light'],
      Object.entries(colors).map(([id, { description, defaults }]) => [
        code(id),
        description,
        defaults.map(code).join(', '),
      ]),
    ),
  ].join('\n\n')}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(new URL('../docs/reference.md', import.meta.url), referencePage());
