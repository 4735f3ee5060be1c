// The Tensors tab.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ready } from '../support/panelData/index.ts';
import type { PanelPage } from '../support/panelPage.ts';
import { withPage } from '../support/panelSuite.ts';

/** The slices that the page asks for next; they come after a pause. */
async function slicesOf(panel: PanelPage) {
  for (let tries = 0; tries < 60; tries++) {
    const asked = (await panel.posted()).filter(message => message.type === 'slice');
    if (asked.length) return asked;
    await panel.page.waitForTimeout(50);
  }
  return [];
}

test('an array is looked into: slices are asked for, moved through, reduced, copied', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'tensors');
    const requests = async () => (await slicesOf(panel)).map(({ request }) => request);
    const expression = panel.page.locator('.expression');
    assert.equal(await expression.inputValue(), 'x_img[0, :, :, 0]');
    const [first] = await requests();
    assert.deepEqual(first?.rows, { start: 0, count: 28, step: 1 });
    await expression.fill('x_img[-1, :, :, 0]');
    await expression.press('Enter');
    const [second] = await requests();
    assert.deepEqual(second?.axes[0], { job: 'fixed', index: 63 });
    await expression.fill('x_img[64, :, :, 0]');
    await expression.press('Enter');
    assert.match(await panel.page.locator('.expression-problem').innerText(), /out of bounds for axis 0 with size 64/);
    await panel.page.locator('.axes .axis').first().getByText('Mean').click();
    assert.equal(await expression.inputValue(), 'x_img[mean, :, :, 0]');
    await panel.page.locator('.heat').focus();
    const place = panel.page.locator('.place');
    // The slice is asked for after a pause; before its answer there is no cell to go to.
    for (let tries = 0; tries < 60 && !(await place.innerText()); tries++) {
      await panel.page.waitForTimeout(50);
      await panel.answerSlices();
      await panel.page.keyboard.press('n');
    }
    assert.match(await place.innerText(), /^x_img\[mean, 6, 9, 0\] NaN$/);
    await panel.page.locator('[aria-label="Copy or save"].tool').click();
    await panel.page.getByText('Copy as CSV').click();
    const [copy] = await panel.posted();
    assert.ok(copy?.type === 'copy' && copy.text.split('\n').length === 29 && copy.text.includes('nan'));
  }));

test('a very large array is read thinned, never more than one answer may hold', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'tensors');
    await panel.answerSlices();
    await panel.send({ type: 'tensor', name: 'big' });
    const [message] = await slicesOf(panel);
    assert.ok(message);
    const { rows, columns } = message.request;
    assert.ok(rows.step > 1);
    assert.ok(Math.ceil(rows.count / rows.step) * Math.ceil(columns.count / columns.step) <= 65_536);
  }));

for (const [name, text] of [
  ['loss', /loss/],
  ['b1', /b1\[:\]/],
  ['none', /none\[:, :\]/],
] as const)
  test(`the array ${name} looks right with few axes or no elements`, () =>
    withPage({}, async panel => {
      await panel.show(ready, 'tensors');
      await panel.answerSlices();
      await panel.send({ type: 'tensor', name });
      await panel.page.waitForTimeout(80);
      await panel.answerSlices();
      assert.match(await panel.page.locator('.expression').inputValue(), text);
      if (name === 'none') assert.match(await panel.page.locator('.tensor-state').innerText(), /no elements/);
      await panel.screenshot(`panel-tensor-${name}`);
    }));

test('a slice that cannot be read says why', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'tensors');
    await panel.page.waitForTimeout(50);
    const [message] = (await panel.posted()).filter(each => each.type === 'slice');
    assert.ok(message);
    await panel.send({ type: 'slice', id: message.id, slice: null, problem: 'x_img was deleted' });
    assert.match(await panel.page.locator('.tensor-state').innerText(), /x_img was deleted/);
  }));
