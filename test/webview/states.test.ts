// What the page says when there is no picture, and what its buttons ask the editor for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FromPanel, PanelState } from '../../src/shared/panel.ts';
import { dead, failed, loading, ready } from '../support/panelData/index.ts';
import { withPage } from '../support/panelSuite.ts';

const commands: readonly (readonly [string, PanelState, string, FromPanel])[] = [
  ['Run File', { kind: 'empty' }, '.state vscode-button', { type: 'command', command: 'run' }],
  ['Cancel', loading(0), '.state vscode-button', { type: 'command', command: 'cancel' }],
  ['Restart', dead, '.state vscode-button', { type: 'command', command: 'restart' }],
  ['Run', ready, '.about .tool[aria-label="Run File"]', { type: 'command', command: 'run' }],
  ['Show Output', ready, '.about .tool[aria-label="Show Output"]', { type: 'command', command: 'showOutput' }],
];

for (const [name, state, selector, message] of commands)
  test(`${name} in the ${state.kind} state posts ${JSON.stringify(message)}`, () =>
    withPage({}, async panel => {
      await panel.show(state);
      await panel.posted();
      await panel.page.locator(selector).first().click();
      assert.deepEqual(await panel.posted(), [message]);
    }));

test("an error shows the user's own frames; a click reveals the line, another shows what ran", () =>
  withPage({}, async panel => {
    await panel.show(failed);
    const frames = panel.page.locator('.frames li');
    assert.deepEqual(await frames.locator('.name-link').allTextContents(), [
      'train.py:34',
      'train.py:25',
      'train.py:7',
    ]);
    assert.equal(await frames.last().locator('u').innerText(), 'tf.matmul(x, W)');
    await panel.posted();
    await frames.nth(1).locator('.name-link').click();
    const [reveal] = await panel.posted();
    assert.ok(reveal?.type === 'reveal' && reveal.range.start.line === 24);
    await panel.page.getByText(/Show the \d+ ops that ran/).click();
    assert.ok(await panel.page.locator('canvas').first().isVisible());
  }));

test('a changed file is said in one line, which goes away with it', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'graph');
    await panel.send({ type: 'stale', lines: [9, 25] });
    assert.match(await panel.page.locator('.stale-line').innerText(), /2 lines differ \(10, 26\)/);
    await panel.send({ type: 'stale', lines: [] });
    assert.equal(await panel.page.locator('.stale-line').count(), 0);
  }));
