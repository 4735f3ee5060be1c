// The report page in a real browser, under its own content security policy.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { reportPage } from '../../src/service/reportPage.ts';
import { launchBrowser } from '../support/browser.ts';
import { largeGraph } from '../support/panelData/index.ts';
import { reportData } from '../support/reportData.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const file = path.join(root, 'out/test/report.html');
let browser: Browser;

before(async () => {
  mkdirSync(path.dirname(file), { recursive: true });
  const assets = { script: read('dist/webview/report.js'), style: read('dist/webview/report.css') };
  writeFileSync(
    file,
    reportPage([reportData, { ...reportData, title: 'other.py', path: 'other.py', run: null }], assets),
  );
  browser = await launchBrowser();
});
after(() => browser.close());

/** Opens the page; every message of the console and every error ends the test. */
async function open(tab: string, theme: string, width = 1300): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  page.on('pageerror', error => assert.fail(error.message));
  page.on('console', message => assert.notEqual(message.type(), 'error', message.text()));
  await page.goto(`${pathToFileURL(file).href}?theme=${theme}#${tab}`);
  await page.waitForSelector('.page');
  return page;
}

for (const theme of ['dark', 'light', 'high-contrast'])
  for (const tab of ['overview', 'graph', 'gradients', 'timings'])
    test(`${tab} in the ${theme} theme has no accessibility violation`, async () => {
      const page = await open(tab, theme);
      // The policy of the page forbids added scripts; the debugger's own evaluation is not bound by it.
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { axe: tool } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await tool.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
      await page.screenshot({ path: path.join(root, `out/test/report-${tab}-${theme}.png`) });
      await page.close();
      assert.deepEqual(found, []);
    });

test('the graph is used with keys alone, and marks the source line', async () => {
  const page = await open('graph', 'dark');
  await page.focus('canvas');
  const chosen = async () => (await page.textContent('.inspector h2'))?.replace(/f32.*|dense\.py$/, '');
  await page.keyboard.press('ArrowDown');
  assert.equal(await chosen(), 'x');
  await page.keyboard.press('ArrowDown');
  assert.equal(await chosen(), 'MatMul');
  await page.keyboard.press('ArrowDown');
  assert.equal(await chosen(), 'AddV2');
  assert.equal(await page.getAttribute('.stage .line.marked', 'data-line'), '5');
  await page.keyboard.press('m');
  assert.equal(await chosen(), '∂AddV2');
  assert.equal(await page.getAttribute('canvas', 'aria-activedescendant'), 'node-9');
  await page.keyboard.press('Escape');
  assert.equal(await chosen(), 'The run');
  await page.keyboard.press('n');
  assert.equal(await chosen(), '∂b');
  await page.keyboard.press('t');
  assert.ok(await page.isVisible('.graph-tree'));
  await page.close();
});

test('the canvas really shows the graph', async () => {
  const page = await open('graph', 'dark');
  await page.waitForTimeout(300);
  const colors = await page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const seen = new Set<number>();
    for (let at = 0; at < data.length; at += 4)
      seen.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
    return seen.size;
  });
  assert.ok(colors > 20, `${colors} colours`);
  await page.close();
});

test('a click on a source line selects its op; a double click on a gradient goes to the graph', async () => {
  const page = await open('graph', 'light');
  await page.click('.stage .line[data-line="9"] .gutter');
  assert.match((await page.textContent('.inspector h2')) ?? '', /^Mean/);
  await page.click('#tab-gradients');
  await page.dblclick('.gradients tbody tr');
  assert.ok(await page.isVisible('.graph canvas'));
  assert.match((await page.textContent('.inspector h2')) ?? '', /^∂w/);
  await page.close();
});

test('a narrow window stays usable', async () => {
  const page = await open('graph', 'dark', 520);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.screenshot({ path: path.join(root, 'out/test/report-graph-narrow.png') });
  assert.ok(wide <= 520, `${wide} px`);
  await page.close();
});

for (const [name, policy] of [
  ['in a worker of its own', null],
  ['on the page where the policy has no worker', "worker-src 'none'"],
] as const)
  test(`a large graph is laid out ${name}`, async () => {
    const { run } = reportData;
    assert.ok(run);
    const assets = { script: read('dist/webview/report.js'), style: read('dist/webview/report.css') };
    const html = reportPage([{ ...reportData, run: { ...run, graph: largeGraph(3000) } }], assets);
    const large = path.join(root, `out/test/report-large-${policy ? 'page' : 'worker'}.html`);
    writeFileSync(large, policy ? html.replace('worker-src blob:', policy) : html);
    const page = await browser.newPage();
    const workers: unknown[] = [];
    page.on('worker', worker => workers.push(worker));
    await page.goto(`${pathToFileURL(large).href}?theme=dark#graph`);
    await page.waitForSelector('.graph[aria-busy=false]');
    assert.equal(workers.length, policy ? 0 : 1);
    assert.ok((await page.locator('.graph-tree li').count()) > 0);
    await page.close();
  });

test('another file is chosen from the list', async () => {
  const page = await open('overview', 'dark');
  await page.evaluate(() => {
    const list = document.querySelector<HTMLSelectElement>('.about vscode-dropdown');
    if (!list) throw new Error('no list');
    list.value = 'other.py';
    list.dispatchEvent(new Event('change'));
  });
  assert.match((await page.textContent('.code h2')) ?? '', /other\.py/);
  assert.equal(await page.locator('.tab').count(), 1);
  await page.close();
});
