// A notebook: hints in its cells, a cell run with what it needs from others, and a lift that changes cells only.
import assert from 'node:assert/strict';
import { journey, read } from './support.ts';

interface Notebook {
  readonly cells: readonly { readonly source: readonly string[] }[];
}
const sources = (folder: string): readonly string[] =>
  (JSON.parse(read(folder, 'cells.ipynb')) as Notebook).cells.map(({ source }) => source.join(''));

journey(
  'hints in cells, Run on a cell, values beside it, Lift File accepted',
  { picture: 'notebook', width: 1600 },
  async (workbench, folder) => {
    const { page } = workbench;
    const before = sources(folder);
    await workbench.openFile('cells.ipynb');
    await workbench.until(
      () => workbench.marks('hint'),
      count => count > 0,
    );
    // Only the last cell is run: np and a come from the cells above, which have not run yet.
    await workbench.until(
      () => workbench.lenses(),
      rows => rows.filter(row => row.includes('Run')).length >= 2,
    );
    await page.locator('.cell', { hasText: 'np.tanh' }).locator('.codelens-decoration a', { hasText: 'Run' }).click();
    // tanh(1) = 0.76…, tanh(5) = 0.99…
    await workbench.until(
      () => workbench.inlineResults(),
      rows => rows.some(({ text }) => /0\.7616|0 … (?:1|0\.9999)/.test(text)),
    );
    await workbench.screenshot('e2e-notebook-run');

    await workbench.command('Lift File to TensorFlow');
    await page.locator('.tab.active', { hasText: 'lifted' }).waitFor({ timeout: 60_000 });
    await workbench.titleAction('Accept Lifted Code');
    await page.locator('.tab', { hasText: 'lifted' }).waitFor({ state: 'hidden' });
    await workbench.save();
    const after = sources(folder);
    assert.equal(after.length, before.length);
    assert.equal(after[0], before[0], 'text cells stay');
    assert.match(after[1] ?? '', /^%matplotlib inline\n/, 'magics stay');
    assert.match(after[2] ?? '', /tf\.reduce_sum\(a, axis=1\)/);
    assert.match(after[3] ?? '', /^%timeit .*\nb = .*tanh\(a/);
  },
);
