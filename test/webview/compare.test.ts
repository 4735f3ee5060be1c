// The Compare tab on the built page, with a program that was lifted and run for it: four themes, widths, filter, keys, empty states.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { StatementRow } from '../../src/shared/comparison.ts';
import type { ReportData } from '../../src/shared/report.ts';
import { launchBrowser } from '../support/browser.ts';
import { compared, runOf } from '../support/compareData.ts';
import { PanelPage, servePanel, themes, type PanelOptions } from '../support/panelPage.ts';

const root = path.resolve(import.meta.dirname, '../..');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;
let server: Awaited<ReturnType<typeof servePanel>>;
let report: ReportData;

before(async () => {
  mkdirSync(path.join(root, 'out/test'), { recursive: true });
  [server, browser, report] = await Promise.all([servePanel(), launchBrowser(), compared()]);
});
after(async () => {
  await browser.close();
  server.close();
});

async function withPage(options: PanelOptions, act: (panel: PanelPage) => Promise<void>, data = report): Promise<void> {
  const panel = await PanelPage.open(browser, server.address, options);
  try {
    await panel.show({ kind: 'ready', run: runOf(data) }, 'compare');
    await act(panel);
    assert.deepEqual(panel.problems, []);
  } finally {
    await panel.close();
  }
}

async function violations(panel: PanelPage): Promise<readonly string[]> {
  await panel.page.evaluate(axe);
  return panel.page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await tool.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

/** The report with some rows of other kinds, as a wrong conversion would give them. */
function withRows(change: (row: StatementRow, at: number) => Partial<StatementRow>): ReportData {
  const { comparison } = report;
  assert.ok(comparison);
  return {
    ...report,
    comparison: { ...comparison, rows: comparison.rows.map((row, at) => ({ ...row, ...change(row, at) })) },
  };
}
const wrong = (): ReportData => ({
  ...withRows((_, at) =>
    at === 1
      ? { result: 'differs', words: 'dtype float64 became float32', maxAbs: 1e-7, maxRel: 1e-7 }
      : at === 3
        ? { result: 'close', words: 'within 2 ulp', maxAbs: 1.1e-16, maxRel: 4.4e-16 }
        : {},
  ),
  verification: {
    verdict: { status: 'differs', by: 'runtime', inputs: 1, maxAbs: 1e-7, maxRel: 1e-7, gradient: 'not-run' },
    text: 'differs in the bundled runtime: hidden: dtype float64 became float32',
  },
});

for (const theme of themes)
  test(`${theme}: clean, accessible, within its width`, () =>
    withPage({ theme, reducedMotion: true }, async panel => {
      await panel.screenshot(`compare-${theme}`);
      assert.deepEqual(await violations(panel), []);
      assert.ok(await panel.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }));

for (const theme of ['dark', 'high-contrast-light'] as const)
  test(`${theme}: a difference is seen, in words too`, () =>
    withPage(
      { theme, reducedMotion: true },
      async panel => {
        await panel.screenshot(`compare-differs-${theme}`);
        assert.match(await panel.page.innerText('.verdict'), /^Differs\. Differs in the bundled runtime/);
        assert.match(await panel.page.innerText('.compare tbody tr:nth-child(2)'), /dtype float64 became float32/);
        assert.ok(await panel.page.isVisible('#tab-compare .dot'));
        assert.deepEqual(await violations(panel), []);
      },
      wrong(),
    ));

for (const width of [700, 420])
  test(`${width} px: the page does not scroll sideways, and before and after stay`, () =>
    withPage({ width, reducedMotion: true }, async panel => {
      await panel.screenshot(`compare-${width}`);
      assert.ok(await panel.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      const box = panel.page.locator('.compare .scroll');
      const beyond = await box.evaluate(each =>
        [...each.querySelectorAll('*')]
          .filter(part => part.getBoundingClientRect().right > each.getBoundingClientRect().right + 1)
          .map(part => part.outerHTML),
      );
      assert.deepEqual(beyond, []);
      for (const text of ['np.exp(z)', 'tf.exp(z)']) assert.ok(await panel.page.getByText(text).first().isVisible());
      assert.deepEqual(await violations(panel), []);
    }));

test('a row holds what was measured: line, both sides, types, level, difference, times', () =>
  withPage({}, async panel => {
    const rows = report.comparison?.rows ?? [];
    const at = rows.findIndex(({ before: text }) => text === 'e = np.exp(z)');
    const text = await panel.page.innerText(`.compare tbody tr:nth-child(${at + 1})`);
    for (const part of ['9', 'e = np.exp(z)', 'e = tf.exp(z)', 'f64[64,10]', '✓ Safe', 'TL121', 'identical', 'µs'])
      assert.ok(text.includes(part), `${part} in ${text}`);
    assert.match(await panel.page.innerText('.verdict'), /Verified\. Agrees on .*faster|slower/s);
  }));

test('what has no value says why, and shows no number', () =>
  withPage({}, async panel => {
    const at = (report.comparison?.rows ?? []).findIndex(({ before: text }) => text.startsWith('print('));
    const row = panel.page.locator(`.compare tbody tr:nth-child(${at + 1})`);
    const titles = await row.locator('td [title]').evaluateAll(all => all.map(each => each.getAttribute('title')));
    assert.ok(
      titles.some(title => /what is printed is compared as a whole/.test(title ?? '')),
      titles.join(),
    );
    assert.ok((await row.innerText()).includes('–'));
  }));

test('only differences: one button leaves what differs, and says where nothing does', async () => {
  await withPage(
    {},
    async panel => {
      await panel.page.getByRole('radio', { name: 'Only differences' }).click();
      assert.equal(await panel.page.locator('.compare tbody tr').count(), 2);
      await panel.page.keyboard.press('ArrowLeft');
      assert.ok((await panel.page.locator('.compare tbody tr').count()) > 2);
    },
    wrong(),
  );
  const same = withRows(row => (row.result === 'close' ? { result: 'identical', words: 'identical' } : {}));
  await withPage(
    {},
    async panel => {
      await panel.page.getByRole('radio', { name: 'Only differences' }).click();
      assert.match(await panel.page.innerText('.compare-none'), /No value differs/);
    },
    same,
  );
});

test('a click shows the line, Enter goes there, arrows move', () =>
  withPage({}, async panel => {
    const rows = report.comparison?.rows ?? [];
    await panel.posted();
    await panel.page.locator('.compare tbody tr').first().click();
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await panel.posted(), [
      { type: 'reveal', range: rows[0]?.range },
      { type: 'reveal', range: rows[1]?.range, focus: true },
    ]);
  }));

test('Open Diff asks the editor', () =>
  withPage({}, async panel => {
    await panel.posted();
    await panel.page.getByText('Open Diff').click();
    assert.deepEqual(await panel.posted(), [{ type: 'command', command: 'openDiff' }]);
  }));

test('not lifted yet: one sentence and the action', () => {
  const { comparison: _comparison, ...rest } = report;
  return withPage(
    { reducedMotion: true },
    async panel => {
      await panel.screenshot('compare-empty');
      assert.match(await panel.page.innerText('#panel-compare'), /Lift this file to compare/);
      await panel.posted();
      await panel.page.getByText('Lift and Compare').click();
      assert.deepEqual(await panel.posted(), [{ type: 'command', command: 'compare' }]);
      assert.deepEqual(await violations(panel), []);
    },
    rest,
  );
});

test('nothing to lift: says so, without an action', () => {
  const { comparison: _comparison, conversion, ...rest } = report;
  const nothing = conversion && { ...conversion, changes: [], edits: [] };
  return withPage(
    {},
    async panel => {
      assert.match(await panel.page.innerText('#panel-compare'), /No statement of .* would change/);
      assert.equal(await panel.page.getByText('Lift and Compare').count(), 0);
    },
    { ...rest, conversion: nothing },
  );
});
