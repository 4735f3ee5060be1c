// The Timings tab.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ready } from '../support/panelData/index.ts';
import { heading, withPage } from '../support/panelSuite.ts';

test('the time line tells its lanes and its longest op; a bar has a card, a click shows its op in the graph', () =>
  withPage({ width: 1400 }, async panel => {
    await panel.show(ready, 'timings');
    const canvas = panel.page.locator('.time-line');
    const said = (await canvas.getAttribute('aria-label')) ?? '';
    assert.match(said, /^Time line of 2\.46 ms, Python, GPU queue, CPU kernels; the longest op is relu with 412 µs/);
    // The longest kernel of the GPU queue, which lies below two functions, the statement and the wait.
    const box = await canvas.boundingBox();
    assert.ok(box);
    const card = panel.page.locator('.time-card');
    let found = false;
    for (let y = 20; y < box.height && !found; y += 12)
      for (let x = 100; x < box.width && !found; x += 20) {
        await panel.page.mouse.move(box.x + x, box.y + y);
        found = (await card.isVisible()) && /^relu\s*412 µs/.test(await card.innerText());
        if (found) await panel.page.mouse.click(box.x + x, box.y + y);
      }
    assert.ok(found, 'the bar of relu is found under the pointer');
    assert.equal(await heading(panel), 'relu');
  }));

test('the table counts by op, by line, or every call', () =>
  withPage({ width: 1400 }, async panel => {
    await panel.show(ready, 'timings');
    const rows = () => panel.page.locator('.timings tbody th').allTextContents();
    assert.equal((await rows())[0], 'matmul+add+relu');
    await panel.page.getByText('By line').click();
    assert.match((await rows())[0] ?? '', /^line \d+$/);
    const lines = (await rows()).length;
    await panel.page.getByText('Every call').click();
    assert.ok((await rows()).length > lines);
    await panel.posted();
    await panel.page.locator('.timings tbody .name-link').first().click();
    const [reveal] = await panel.posted();
    assert.ok(reveal?.type === 'reveal' && reveal.focus === true);
  }));
