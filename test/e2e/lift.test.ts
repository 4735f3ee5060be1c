// From a hint to TensorFlow code: one call with its verdict, and a whole function over a diff.
import assert from 'node:assert/strict';
import { journey, read, resultAt } from './support.ts';

journey(
  'a hint, a fix with its level and verdict; a function over a diff, accepted; undo takes back both',
  { picture: 'lift', file: 'heat.py', width: 1600 },
  async (workbench, folder) => {
    await workbench.until(
      () => workbench.marks('hint'),
      count => count >= 5,
    );
    await workbench.hover('diff', /rod\[1:\] - rod\[:-1\][\s\S]*TensorFlow has no diff/);
    await workbench.page.keyboard.press('Escape');

    await workbench.goTo(16, 12);
    const fixes = await workbench.quickFixes();
    assert.ok(
      fixes.some(title => /^Replace with .* · Safe$/.test(title)),
      fixes.join('\n'),
    );
    assert.ok(
      fixes.some(title => /Lift file to TensorFlow/.test(title)),
      fixes.join('\n'),
    );
    await workbench.quickFix(/^Replace with/);
    // The import that the fix needs moves everything by a line.
    await resultAt(workbench, 17, /✓ .*agree/);
    await workbench.screenshot('e2e-fix-verdict');
    const before = read(folder, 'heat.py');
    await workbench.save();
    const after = read(folder, 'heat.py');
    assert.match(after, /^import tensorflow as tf$/m);
    assert.match(after, /^flow = \(tf\.convert_to_tensor\(rod\)\[1:\] - /m);

    await workbench.page.keyboard.press('Control+z');
    await workbench.save();
    assert.equal(read(folder, 'heat.py'), before, 'one undo takes back the whole fix');

    await workbench.until(
      () => workbench.lenses(),
      rows => rows.some(row => row.includes('Lift')),
    );
    await workbench.lens('Lift');
    await workbench.until(
      () => workbench.inlineResults(),
      rows => rows.some(({ text }) => /✓ Verified: agrees on \d+ inputs/.test(text)),
      60_000,
    );
    await workbench.screenshot('e2e-lift-diff');
    assert.equal(read(folder, 'heat.py'), before, 'nothing is written before Accept');

    await workbench.titleAction('Accept Lifted Code');
    await workbench.page.locator('.tab', { hasText: '↔' }).waitFor({ state: 'hidden' });
    await workbench.save();
    const lifted = read(folder, 'heat.py');
    assert.match(lifted, /^def spread\(rod, steps\):$/m);
    assert.match(lifted, /tf\.\w+/);
    assert.notEqual(lifted, before);

    await workbench.page.keyboard.press('Control+z');
    await workbench.save();
    assert.equal(read(folder, 'heat.py'), before);
  },
);
