// The Gradients tab.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ready } from '../support/panelData/index.ts';
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
