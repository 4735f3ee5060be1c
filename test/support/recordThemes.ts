// Records what VS Code's webviews get in its four own themes, into test/webview/themes: `node --import tsx test/support/recordThemes.ts`
// (all of them, or those that are named).
// Only the variables that the page's built files name are kept.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Workbench, root } from './workbench.ts';

const names = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast': 'Dark High Contrast',
  'high-contrast-light': 'Light High Contrast',
} as const;

const built = ['panel.css', 'panel.js'].map(name => readFileSync(path.join(root, 'dist/webview', name), 'utf8')).join();
const used = [...new Set(built.match(/--vscode-[\w-]+/g))].sort();
const folder = path.join(root, 'test/webview/themes');
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
for (const [file, theme] of Object.entries(names)) {
  if (wanted.length && !wanted.includes(file)) continue;
  const workbench = await Workbench.open({ folder: path.join(root, 'examples'), file: 'gradient.py', theme });
  try {
    await workbench.command('Show Timings');
    const frame = await workbench.panel();
    await frame.waitForFunction(() => document.documentElement.style.length > 100);
    const recorded = await frame.evaluate(listed => {
      const { style } = document.documentElement;
      return {
        body: document.body.className,
        variables: Object.fromEntries(
          listed.flatMap(name => {
            const value = style.getPropertyValue(name).trim();
            return value ? [[name, value]] : [];
          }),
        ),
      };
    }, used);
    writeFileSync(path.join(folder, `${file}.json`), `${JSON.stringify(recorded, null, 2)}\n`);
    console.log(`${file}: ${Object.keys(recorded.variables).length} of ${used.length} variables`);
  } finally {
    await workbench.close();
  }
}
