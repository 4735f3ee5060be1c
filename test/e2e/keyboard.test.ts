// Without a mouse, in high contrast: a statement is run, the panel is walked through, and has no accessibility violation.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { journey, resultAt } from './support.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

journey(
  'Alt+Enter runs the statement, the tabs of the panel follow the arrow keys',
  { picture: 'keyboard', file: 'gradient.py', theme: 'Dark High Contrast', width: 1700 },
  async workbench => {
    const { page } = workbench;
    await workbench.until(
      () => workbench.lenses(),
      rows => rows.length > 0,
    );
    await workbench.goTo(8, 3);
    await page.keyboard.press('Alt+Enter');
    await resultAt(workbench, 8, /3/);

    await workbench.command('Show Graph');
    const panel = await workbench.panel();
    await panel.getByRole('treeitem').first().waitFor({ state: 'attached', timeout: 60_000 });
    await page.keyboard.press('Control+2');
    const chosen = panel.locator('[role=tab][aria-selected=true]');
    const focused = () => panel.evaluate(() => document.activeElement?.id ?? '');
    for (let presses = 0; presses < 20 && !(await focused()).startsWith('tab-'); presses++)
      await page.keyboard.press('Tab');
    assert.equal(await focused(), 'tab-graph');
    await page.keyboard.press('ArrowRight');
    if ((await chosen.innerText()) !== 'Gradients') await page.keyboard.press('Enter');
    assert.equal(await chosen.innerText(), 'Gradients');
    assert.equal(await focused(), 'tab-gradients');
    await panel.getByRole('row').filter({ hasText: 'x' }).first().waitFor();

    await panel.evaluate(axe);
    const found = await panel.evaluate(async () => {
      const { axe: tool } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await tool.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    assert.deepEqual(found, []);
  },
);
