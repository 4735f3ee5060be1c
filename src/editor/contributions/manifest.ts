// What package.json contributes, made from the tables. `npm run manifest` writes it; a test fails when package.json differs.
import { actionKinds, colors, notebookType, panelType, rulePages } from './ids.ts';
import { commands, type CommandRow } from './commands.ts';
import { settings, type SettingRow } from './settings.ts';

const category = 'Tensorlift';
const commandRows = Object.entries<CommandRow>(commands);
const settingRows = Object.entries<SettingRow>(settings);

function menus() {
  const found: Record<string, object[]> = {};
  const add = (menu: string, item: object) => (found[menu] ??= []).push(item);
  for (const [command, { palette, menus: places }] of commandRows) {
    add('commandPalette', { command, when: palette === false ? 'false' : palette });
    for (const [menu, { when, group }] of Object.entries(places ?? {})) add(menu, { command, when, group });
  }
  add('editor/context', {
    submenu: 'tensorlift.context',
    when: "editorLangId == python && resourceScheme != 'output'",
    group: '1_modification@90',
  });
  return found;
}

function property(row: SettingRow, order: number) {
  const type = typeof row.default === 'object' ? 'object' : typeof row.default;
  return {
    type,
    default: row.default,
    markdownDescription: row.description,
    order,
    scope: row.scope ?? 'window',
    ...(row.minimum === undefined ? {} : { minimum: row.minimum }),
    ...(row.choices ? { enum: Object.keys(row.choices), enumDescriptions: Object.values(row.choices) } : {}),
    ...(type === 'object'
      ? { additionalProperties: { enum: ['off', 'hint', 'information', 'warning', 'error', 'default'] } }
      : {}),
  };
}

/** The parts of package.json that the tables decide. */
export function manifest() {
  const sections = [...new Set(settingRows.map(([, row]) => row.section))];
  return {
    activationEvents: ['onLanguage:python', `onNotebook:${notebookType}`, `onWebviewPanel:${panelType}`],
    capabilities: {
      untrustedWorkspaces: {
        supported: 'limited',
        description: 'Files are analysed; nothing is run before the workspace is trusted.',
        restrictedConfigurations: settingRows.filter(([, row]) => row.trusted).map(([id]) => id),
      },
      virtualWorkspaces: {
        supported: 'limited',
        description: 'Programs run, but cannot read the files of the workspace.',
      },
    },
    contributes: {
      commands: commandRows.map(([command, { title, icon }]) => ({
        command,
        title,
        category,
        ...(icon ? { icon } : {}),
      })),
      menus: menus(),
      submenus: [{ id: 'tensorlift.context', label: category }],
      keybindings: commandRows.flatMap(([command, { key }]) => (key ? [{ command, ...key }] : [])),
      configuration: sections.map((section, order) => ({
        title: section,
        order,
        properties: Object.fromEntries(
          settingRows.filter(([, row]) => row.section === section).map(([id, row], at) => [id, property(row, at)]),
        ),
      })),
      codeActions: [
        {
          languages: ['python'],
          actions: [
            {
              kind: actionKinds.rewrite,
              title: 'Lift to TensorFlow',
              description: 'Rewrites NumPy code as plain tf.* code.',
            },
            { kind: actionKinds.fixAll, title: 'Lift all safe calls', description: 'Applies every fix of level Safe.' },
            {
              kind: actionKinds.notebookFixAll,
              title: 'Lift all safe calls',
              description: 'Applies every fix of level Safe in a notebook.',
            },
          ],
        },
      ],
      // The pages of the rules open as they are meant to be read, also from the link in a diagnostic.
      configurationDefaults: { 'workbench.editorAssociations': { [rulePages]: 'vscode.markdown.preview.editor' } },
      colors: Object.entries(colors).map(
        ([
          id,
          {
            description,
            defaults: [dark, light, highContrast, highContrastLight],
          },
        ]) => ({
          id,
          description,
          defaults: { dark, light, highContrast, highContrastLight },
        }),
      ),
      grammars: [
        {
          scopeName: 'tensorlift.directives',
          path: './syntaxes/directives.tmLanguage.json',
          injectTo: ['source.python', 'source.cython'],
        },
      ],
    },
  };
}
