// The gradient of a function: beside its def, and in the panel with its check by central differences.
import assert from 'node:assert/strict';
import { journey, resultAt } from './support.ts';

journey(
  'the lens Gradient shows dy/dx with its check',
  { picture: 'gradient', file: 'gradient.py', width: 1700 },
  async workbench => {
    await workbench.until(
      () => workbench.lenses(),
      rows => rows.some(row => row.includes('Gradient')),
    );
    await workbench.lens('Gradient');
    // f(x) = x² at 3: the gradient is 6.
    await resultAt(workbench, 4, /= 6 ✓/);
    const panel = await workbench.panel();
    const row = panel.getByRole('row').filter({ hasText: 'f32[]' }).first();
    await row.waitFor();
    const cells = await row.locator('th, td').allTextContents();
    assert.equal(cells[0], 'x');
    assert.ok(cells.includes('6'), cells.join(' | '));
    assert.ok(
      cells.some(cell => cell.startsWith('✓')),
      cells.join(' | '),
    );
    assert.equal(await panel.locator('.tab[aria-selected=true]').innerText(), 'Gradients');

    await panel.locator('.tab', { hasText: 'Graph' }).click();
    await panel.getByRole('treeitem').filter({ hasText: 'backward' }).first().waitFor({ state: 'attached' });
  },
);
