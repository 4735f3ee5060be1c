// The Plots tab.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ready } from '../support/panelData/index.ts';
import { withPage } from '../support/panelSuite.ts';

test('a plot is shown as a table on request', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'plots');
    await panel.page.getByText('Show as Table').first().click();
    assert.equal(await panel.page.locator('.plot-table tbody tr').count(), 240);
    assert.match(
      (await panel.page.locator('.plot-box').first().getAttribute('aria-label')) ?? '',
      /Training\. train: 120 values/,
    );
  }));
