// Every tab and state of the panel's page in four themes under the real policy, and at several widths.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dead, failed, loading, polynomial, ready, training } from '../support/panelData/index.ts';
import { themes, type PanelPage } from '../support/panelPage.ts';
import { openPage, violations, withPage } from '../support/panelSuite.ts';

const scenes: Readonly<Record<string, (panel: PanelPage) => Promise<void>>> = {
  ...Object.fromEntries(
    (['graph', 'gradients', 'tensors', 'plots', 'timings', 'overview'] as const).map(tab => [
      tab,
      async (panel: PanelPage) => {
        await panel.show(ready, tab);
        await panel.answerSlices();
      },
    ]),
  ),
  'graph-selected': async panel => {
    await panel.show(ready, 'graph');
    await panel.send({ type: 'select', position: { line: 10, character: 12 } });
  },
  'graph-polynomial': panel => panel.show({ kind: 'ready', run: polynomial() }, 'graph'),
  'graph-time': async panel => {
    await panel.show(ready, 'graph');
    await panel.page.focus('canvas');
    await panel.page.keyboard.press('2');
  },
  'gradients-loop': panel => panel.show({ kind: 'ready', run: training(14) }, 'gradients'),
  'gradients-broken': panel => panel.show({ kind: 'ready', run: training(14, 9) }, 'gradients'),
  help: async panel => {
    await panel.show(ready, 'graph');
    await panel.page.keyboard.press('?');
  },
  stale: async panel => {
    await panel.show(ready, 'graph');
    await panel.send({ type: 'stale', lines: [9, 25] });
  },
  empty: panel => panel.show({ kind: 'empty' }),
  loading: panel => panel.show(loading(30)),
  error: panel => panel.show(failed),
  dead: panel => panel.show(dead),
};

for (const theme of themes)
  test(`the ${theme} theme: no view violates accessibility or the policy`, async t => {
    const panel = await openPage({ theme });
    for (const [name, scene] of Object.entries(scenes))
      await t.test(name, async () => {
        await scene(panel);
        await panel.page.waitForTimeout(60);
        await panel.screenshot(`panel-${name}-${theme}`);
        assert.deepEqual([...(await violations(panel)), ...panel.problems], []);
      });
    await panel.close();
  });

for (const width of [520, 860, 1300])
  test(`every view fits ${width} pixels`, () =>
    withPage({ width, height: 860 }, async panel => {
      for (const tab of ['graph', 'gradients', 'tensors', 'plots', 'timings', 'overview'] as const) {
        await panel.show(ready, tab);
        await panel.answerSlices();
        const wide = await panel.page.evaluate(() => document.documentElement.scrollWidth);
        if (width < 1300) await panel.screenshot(`panel-${tab}-${width}`);
        assert.ok(wide <= width, `${wide} px`);
        const seen = await panel.page.evaluate(() => {
          const box = document.querySelector('[role=tabpanel]:not([hidden])')?.getBoundingClientRect();
          return box ? Math.round(box.height) : 0;
        });
        assert.ok(seen > 500, `${tab} has ${seen} px of height`);
      }
    }));

test('the toolbar is one row at every width', () =>
  withPage({ width: 420 }, async panel => {
    for (const width of [420, 520, 620, 700, 860, 1200]) {
      await panel.page.setViewportSize({ width, height: 800 });
      for (const tab of ['graph', 'gradients', 'timings'] as const) {
        await panel.show(ready, tab);
        const [high, over] = await panel.page
          .locator('[role=tabpanel]:not([hidden]) .toolbar')
          .first()
          .evaluate(bar => [bar.clientHeight, bar.scrollWidth - bar.clientWidth] as const);
        assert.ok(high <= 40 && over <= 0, `${tab} at ${width} px: ${high} px high, ${over} px too wide`);
      }
    }
  }));
