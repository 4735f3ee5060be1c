// A graph of 20,000 nodes on the page: its layout is made in a worker, the old picture stays until the new one is there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PanelState, ToPanel } from '../../src/shared/panel.ts';
import { largeGraph, report, trainStepRun } from '../support/panelData/index.ts';
import type { PanelPage } from '../support/panelPage.ts';
import { heading, withPage } from '../support/panelSuite.ts';

const run = { ...trainStepRun(), graph: largeGraph(20_000), gradients: [] };
const state: PanelState = {
  kind: 'ready',
  run: { report: report(run), tensors: [], figures: [], namespace: null },
};
const show: ToPanel = { type: 'show', state, tab: 'graph' };

const settled = (panel: PanelPage) =>
  panel.page.waitForFunction(() => document.querySelector('.graph')?.getAttribute('aria-busy') === 'false');

/** What the page does from an action until its new layout is drawn: the longest time without a frame, and all of it. */
const watch = (panel: PanelPage, key: string) =>
  panel.page.evaluate(async pressed => {
    const graph = document.querySelector('.graph');
    const started = performance.now();
    let [last, longest] = [started, 0];
    graph?.querySelector('canvas')?.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }));
    const inWorker = graph?.getAttribute('aria-busy') === 'true';
    for (let more = 2; more > 0;) {
      await new Promise(done => requestAnimationFrame(done));
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
      if (graph?.getAttribute('aria-busy') === 'false') more--;
    }
    return { inWorker, longest, whole: last - started };
  }, key);

test('20,000 nodes are soon on the screen and scroll smoothly', () =>
  withPage({}, async panel => {
    // The way of so large a message from here to the page is none of the page's business.
    const [page, ms] = await panel.page.evaluate(async message => {
      const started = performance.now();
      postMessage(message, '*');
      const until = async (done: () => boolean) => {
        while (!done()) await new Promise(next => requestAnimationFrame(next));
        return performance.now() - started;
      };
      const graph = () => document.querySelector('.graph');
      return [
        await until(() => graph() !== null),
        await until(() => graph()?.getAttribute('aria-busy') === 'false'),
      ] as const;
    }, show);
    await panel.page.locator('[aria-label="Open all groups"]').click();
    await settled(panel);
    const frames = await panel.page.evaluate(async () => {
      const canvas = document.querySelector('canvas');
      const times: number[] = [];
      for (let at = 0; at < 30; at++) {
        canvas?.dispatchEvent(new WheelEvent('wheel', { deltaY: 300, bubbles: true, cancelable: true }));
        const started = performance.now();
        await new Promise(done => requestAnimationFrame(done));
        times.push(performance.now() - started);
      }
      return times.sort((a, b) => a - b);
    });
    await panel.screenshot('panel-graph-large');
    const median = frames[15] ?? 0;
    console.log(
      `20,000 nodes: page after ${page.toFixed(0)} ms, picture after ${ms.toFixed(0)} ms; a frame while scrolling takes ${median.toFixed(1)} ms`,
    );
    // Wide bounds: tests run beside others on a few slow cores without a GPU.
    assert.ok(ms < 4000, `${ms} ms`);
    assert.ok(median < 120, `${median} ms`);
  }));

test('a group among 20,000 open nodes closes and opens while the page goes on', () =>
  withPage({ reducedMotion: true }, async panel => {
    await panel.send(show);
    await settled(panel);
    await panel.page.locator('[aria-label="Open all groups"]').click();
    await settled(panel);
    await panel.page.focus('canvas');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await panel.page.keyboard.press(key);
    const op = await heading(panel);
    const turns: Awaited<ReturnType<typeof watch>>[] = [];
    for (let turn = 0; turn < 3; turn++) {
      turns.push(await watch(panel, 'Backspace'));
      if (turn === 0) assert.equal(await heading(panel), 'block_0', 'the group is selected in the place of its op');
      turns.push(await watch(panel, 'Enter'));
    }
    assert.ok(turns.every(({ inWorker }) => inWorker));
    const least = (of: 'longest' | 'whole') => Math.min(...turns.map(turn => turn[of]));
    console.log(
      `a group among 20,000 nodes: ${least('whole').toFixed(0)} ms; the page waits ${least('longest').toFixed(0)} ms`,
    );
    // The best of six: other work on the machine only adds to it. The layout alone takes longer.
    assert.ok(least('longest') < 200, `${least('longest')} ms`);
    await panel.page.keyboard.press('ArrowDown');
    assert.notEqual(await heading(panel), op);
  }));

test('what is asked for while a layout is on its way is done when it is there', () =>
  withPage({}, async panel => {
    await panel.send(show);
    await panel.send({ type: 'select', position: { line: 0, character: 0 } });
    await panel.page.locator('[aria-label="Open all groups"]').click();
    await panel.page.locator('[aria-label="Close all groups"]').click();
    await settled(panel);
    const closed = panel.page.locator('.graph-tree [aria-expanded=false]');
    assert.equal(await closed.count(), 2, 'the last wish: one group, on both sides');
  }));
