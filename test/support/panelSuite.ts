// One browser and one server for the tests of a file about the panel's page.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { PanelPage, servePanel, type PanelOptions } from './panelPage.ts';

const root = path.resolve(import.meta.dirname, '../..');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;
let server: Awaited<ReturnType<typeof servePanel>>;

before(async () => {
  mkdirSync(path.join(root, 'out/test'), { recursive: true });
  server = await servePanel();
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  server.close();
});

export const openPage = (options: PanelOptions = {}): Promise<PanelPage> =>
  PanelPage.open(browser, server.address, options);

/** Opens the page, does something with it, and fails where the page had an error or broke its policy. */
export async function withPage(options: PanelOptions, act: (panel: PanelPage) => Promise<void>): Promise<void> {
  const panel = await openPage(options);
  try {
    await act(panel);
    assert.deepEqual(panel.problems, []);
  } finally {
    await panel.close();
  }
}

/** What axe finds wrong with the page as it is now. */
export async function violations(panel: PanelPage): Promise<readonly string[]> {
  // The policy forbids added scripts; the debugger's own evaluation is not bound by it.
  if (!(await panel.page.evaluate(() => 'axe' in globalThis))) await panel.page.evaluate(axe);
  return panel.page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await tool.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

/** The title of what the inspector shows. */
export const heading = async (panel: PanelPage): Promise<string> =>
  (await panel.page.locator('.inspector h2').evaluate(node => node.firstChild?.textContent)) ?? '';
