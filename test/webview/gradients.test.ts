// The Gradients tab.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ready, training } from '../support/panelData/index.ts';
import { heading, withPage } from '../support/panelSuite.ts';

test('gradients sort by a column; a broken one says where it begins', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'gradients');
    const names = () => panel.page.locator('.gradients tbody th').allTextContents();
    await panel.page.getByRole('button', { name: 'Norm', exact: true }).click();
    assert.deepEqual(await names(), ['W3', 'W2', 'W1', 'b2', 'b1', 'b3']);
    assert.match(await panel.page.locator('.gradient-detail').innerText(), /∂norm on line 26/);
    await panel.page.locator('.gradient-detail').getByText('∂norm').click();
    assert.equal(await heading(panel), '∂norm');
  }));

test('a training loop has a row for each parameter: trend, ridges, largest entries, the check', () =>
  withPage({ width: 1400 }, async panel => {
    await panel.show({ kind: 'ready', run: training(14) }, 'gradients');
    const page = panel.page;
    assert.deepEqual(await page.locator('.gradients .grow tbody th').allTextContents(), ['w', 'b']);
    assert.match(await page.locator('.foot').innerText(), /2 parameters\s*14 steps/);
    const trend = page.locator('.gradients .grow .trend').first();
    assert.match((await trend.getAttribute('aria-label')) ?? '', /norm over 14 steps, from 1 to 0\.07143/);
    // A change of 0.0036 of the weight is usual.
    assert.match((await page.locator('.rail').first().getAttribute('aria-label')) ?? '', /^usual/);
    const detail = page.locator('.gradient-detail');
    assert.match(await detail.innerText(), /∂loss\/∂w over the last 9 steps/);
    assert.equal(await detail.locator('.ridge').count(), 9);
    assert.match(await detail.innerText(), /w\[1, 1\]\s*−0\.03571/);
    assert.match(await detail.innerText(), /a random direction\s*0\.017857143\s*0\.017857144/);
    await page.locator('.gradients .grow tbody tr').nth(1).click();
    assert.match(await detail.innerText(), /∂loss\/∂b over 14 steps/, 'four entries have a norm, no distribution');
    await panel.posted();
    await page.keyboard.press('c');
    assert.deepEqual(await panel.posted(), [{ type: 'command', command: 'checkGradients' }]);
    await page.getByRole('button', { name: 'Copy as CSV' }).click();
    const [copy] = await panel.posted();
    assert.ok(copy?.type === 'copy');
    assert.equal(copy.text.trim().split('\n').length, 1 + 2 * 14);
  }));

test('of a gradient that broke in a step: the step, the cause, the remedy', () =>
  withPage({}, async panel => {
    await panel.show({ kind: 'ready', run: training(14, 9) }, 'gradients');
    const detail = await panel.page.locator('.gradient-detail').innerText();
    assert.match(detail, /4 entries of 4 not finite, first in step 9 of 14/);
    assert.match(detail, /∂log on line 7 is the first value of the backward pass/);
    assert.match(detail, /The logarithm of zero or of a negative number/);
    assert.match(
      (await panel.page.locator('.gradients .grow tr[aria-selected=true] .trend').getAttribute('aria-label')) ?? '',
      /not finite in 5/,
    );
  }));
