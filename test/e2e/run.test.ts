// Running a file: values beside the code, output, the graph, and the selection from the graph to the source and back.
import assert from 'node:assert/strict';
import { placeOf } from '../support/screen.ts';
import { journey, resultAt } from './support.ts';

journey(
  'run, values beside the code, output, graph, selection both ways',
  { picture: 'run', file: 'heat.py', width: 1700 },
  async workbench => {
    const { page } = workbench;
    await workbench.until(
      () => workbench.marks('hint'),
      count => count >= 5,
    );
    await workbench.command('Run File');
    await resultAt(workbench, 13, /\[100\. 0\. .*0\.\]/);
    // The largest drop stands between the hot end and its neighbour; 30.92 is what NumPy prints.
    await resultAt(workbench, 19, /30\.9/);
    const output = page.locator('.part.panel');
    await workbench.until(
      () => output.innerText(),
      text => text.replaceAll('\u00a0', ' ').includes('largest drop: 30.91'),
    );

    await workbench.command('Show Graph');
    const panel = await workbench.panel();
    const nodes = panel.getByRole('treeitem');
    const ofLine16 = nodes.filter({ hasText: 'line 16' });
    await ofLine16.first().waitFor({ state: 'attached' });
    await ofLine16.first().dispatchEvent('click');
    await workbench.until(
      () => workbench.activeLine(),
      line => line === 16,
    );
    await workbench.screenshot('e2e-graph');

    // Back into the editor: its cursor selects what that line computed.
    await page.locator('.view-line', { hasText: 'rod[1:-1] =' }).click();
    assert.equal(await workbench.activeLine(), 8);
    await panel.locator('[role=treeitem][aria-selected=true]', { hasText: 'line 8' }).waitFor({ state: 'attached' });
  },
);

journey(
  'what a line gave whose end is out of sight stands before it, and so does its error',
  { picture: 'long', file: 'long.py' },
  async workbench => {
    const { page } = workbench;
    const left = async (text: string): Promise<number> => (await placeOf(page, text)).x;
    await workbench.until(
      () => workbench.marks('hint'),
      count => count > 0,
    );
    const before = await left('values');
    await workbench.command('Run File');
    await resultAt(workbench, 3, /\[0 1 2 3 4 …\]/);
    await resultAt(workbench, 4, /✕ ValueError: cannot reshape array of size 3/);
    assert.ok((await left('values')) > before + 80, 'the text stands before the code');
    await workbench.hover('values', /mean 29\.5/);

    // The kernel's item in the status bar follows the language of the text in front.
    const language = async (name: string): Promise<void> => {
      await workbench.command('Change Language Mode');
      const input = page.locator('.quick-input-widget input').first();
      await input.fill(name);
      await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
      await input.waitFor({ state: 'hidden' });
    };
    const shown = (wanted: boolean) =>
      workbench.until(
        () => workbench.statusBar(),
        texts => texts.some(text => text.includes('· idle')) === wanted,
      );
    await shown(true);
    await language('Plain Text');
    await shown(false);
    await language('Python');
    await shown(true);
  },
);
