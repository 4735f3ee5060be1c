// `npm run pictures`: the pictures of the README, taken from the real report of the example programs (run `npm start` first).
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../test/support/browser.ts';

const root = path.resolve(import.meta.dirname, '..');
const report = pathToFileURL(path.join(root, 'out/report.html')).href;
const pictures = [
  { name: 'overview', file: 'heat.py', theme: 'light', tab: 'overview', keys: [] },
  { name: 'graph', file: 'gradient.py', theme: 'dark', tab: 'graph', keys: ['ArrowDown', 'ArrowDown', 'ArrowDown'] },
] as const;

mkdirSync(path.join(root, 'docs/images'), { recursive: true });
const browser = await launchBrowser();
for (const { name, file, theme, tab, keys } of pictures) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${report}?theme=${theme}`);
  await page.evaluate(wanted => {
    const list = document.querySelector<HTMLSelectElement>('.made vscode-dropdown');
    const option = [...(list?.querySelectorAll<HTMLOptionElement>('vscode-option') ?? [])].find(
      each => each.textContent === wanted,
    );
    if (!list || !option) throw new Error(`the report has no ${wanted}`);
    list.value = option.value;
    list.dispatchEvent(new Event('change'));
  }, file);
  await page.click(`#tab-${tab}`);
  if (keys.length) await page.focus('canvas');
  for (const key of keys) await page.keyboard.press(key);
  await page.waitForTimeout(400);
  await page.screenshot({ path: path.join(root, `docs/images/${name}.png`) });
  console.log(`docs/images/${name}.png`);
}
await browser.close();
