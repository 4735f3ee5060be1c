// The Graph tab: keys, selection both ways, memory, export, themes, motion.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ready } from '../support/panelData/index.ts';
import { heading, violations, withPage } from '../support/panelSuite.ts';

test('the graph is used with keys alone', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'graph');
    const { keyboard } = panel.page;
    await panel.page.focus('canvas');
    await keyboard.press('ArrowDown');
    assert.equal(await heading(panel), 'x');
    await keyboard.press('ArrowDown');
    assert.equal(await heading(panel), 'matmul');
    await keyboard.press('ArrowLeft');
    assert.equal(await heading(panel), 'W1');
    await keyboard.press('ArrowRight');
    await keyboard.press('m');
    assert.equal(await heading(panel), '∂matmul');
    await keyboard.press('ArrowRight');
    assert.equal(await heading(panel), '∂W1');
    await keyboard.press('n');
    assert.equal(await heading(panel), '∂norm');
    await panel.posted();
    await keyboard.press('g');
    const [reveal] = await panel.posted();
    assert.ok(reveal?.type === 'reveal' && reveal.range.start.line === 25 && reveal.focus === true);
    await keyboard.press('Escape');
    assert.equal(await heading(panel), 'The run');
  }));

test('Backspace closes the group around a node on both sides, Enter opens it again', () =>
  withPage({ reducedMotion: true }, async panel => {
    await panel.show(ready, 'graph');
    const { keyboard } = panel.page;
    await panel.page.focus('canvas');
    for (const key of ['ArrowDown', 'ArrowDown', 'Backspace']) await keyboard.press(key);
    assert.equal(await heading(panel), 'dense');
    const closed = () => panel.page.locator('.graph-tree [aria-expanded=false]').allTextContents();
    assert.equal((await closed()).length, 2);
    await keyboard.press('Enter');
    assert.deepEqual(await closed(), []);
  }));

test('1 to 6 choose the overlay, / searches, Enter goes to the next match, T shows the list', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'graph');
    const { keyboard } = panel.page;
    await panel.page.focus('canvas');
    const legend = () => panel.page.locator('.legend').innerText();
    for (const [key, text] of [
      ['2', 'Time'],
      ['3', 'Memory'],
      ['4', 'Gradient'],
      ['5', 'f32'],
      ['6', 'GPU'],
      ['1', 'saved for backward'],
    ] as const) {
      await keyboard.press(key);
      assert.match(await legend(), new RegExp(text));
    }
    await keyboard.press('/');
    await keyboard.type('matmul');
    const count = () => panel.page.locator('.match-count').innerText();
    assert.equal(await count(), '1 of 6');
    await keyboard.press('Enter');
    assert.equal(await heading(panel), 'matmul');
    await keyboard.press('Enter');
    assert.equal(await count(), '2 of 6');
    await keyboard.press('Shift+Enter');
    assert.equal(await count(), '1 of 6');
    await keyboard.press('Escape');
    await keyboard.press('t');
    assert.ok(await panel.page.locator('.graph-tree').evaluate(list => list.clientHeight > 200));
  }));

test('a selected node is revealed; a cursor in the editor selects its node and asks nothing back', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'graph');
    await panel.posted();
    await panel.send({ type: 'select', position: { line: 10, character: 10 } });
    assert.equal(await heading(panel), 'relu');
    assert.deepEqual(await panel.posted(), []);
    assert.equal(await panel.page.evaluate(() => document.activeElement?.tagName), 'BODY');
    await panel.page.focus('canvas');
    await panel.page.keyboard.press('ArrowDown');
    const [reveal] = await panel.posted();
    assert.ok(reveal?.type === 'reveal' && reveal.focus === undefined);
    // The editor's cursor follows and says so: the selection stays.
    const chosen = await heading(panel);
    await panel.send({ type: 'select', position: reveal.range.start });
    assert.equal(await heading(panel), chosen);
  }));

test('the page remembers its tab, its groups and its viewport, in a few hundred bytes', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'graph');
    await panel.page.focus('canvas');
    for (const key of ['ArrowDown', 'ArrowDown', 'Backspace', '+', '3']) await panel.page.keyboard.press(key);
    await panel.page.waitForTimeout(500);
    const memory = await panel.kept();
    assert.ok(JSON.stringify(memory).length < 2000);
    await withPage({ memory }, async again => {
      await again.show(ready);
      assert.match(await again.page.locator('.legend').innerText(), /Memory/);
      assert.equal(await again.page.locator('.graph-tree [aria-expanded=false]').count(), 2);
      assert.equal(
        await again.page.locator('.zoom-text').innerText(),
        await panel.page.locator('.zoom-text').innerText(),
      );
    });
  }));

test('the graph is saved as SVG and PNG', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'graph');
    await panel.posted();
    for (const kind of ['SVG', 'PNG']) {
      await panel.page.locator('.about [aria-label=Export].tool').click();
      await panel.page.getByText(`Save Graph as ${kind}`).click();
    }
    await panel.page.waitForTimeout(400);
    const saved = (await panel.posted()).filter(message => message.type === 'save');
    assert.deepEqual(
      saved.map(({ name }) => name),
      ['train-graph.svg', 'train-graph.png'],
    );
    const text = String(saved[0]?.content);
    const parsed = await panel.page.evaluate(svg => {
      const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
      return {
        wrong: document.querySelector('parsererror')?.textContent ?? null,
        texts: document.querySelectorAll('text').length,
      };
    }, text);
    assert.equal(parsed.wrong, null);
    assert.ok(parsed.texts > 100 && text.includes('cross_entropy'));
  }));

test('a theme change redraws the picture at once', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'graph');
    const ground = () =>
      panel.page.evaluate(() => {
        const canvas = document.querySelector('canvas');
        return [...(canvas?.getContext('2d')?.getImageData(4, 300, 1, 1).data ?? [])].slice(0, 3).join();
      });
    assert.equal(await ground(), '31,31,31');
    await panel.page.evaluate(() => {
      document.documentElement.style.setProperty('--vscode-editor-background', '#ffffff');
      document.body.className = 'vscode-light';
    });
    await panel.page.waitForTimeout(100);
    assert.equal(await ground(), '255,255,255');
  }));

test('with reduced motion a toggled group jumps, otherwise it moves', async () => {
  for (const reducedMotion of [true, false])
    await withPage({ reducedMotion }, async panel => {
      await panel.show(ready, 'graph');
      await panel.page.focus('canvas');
      await panel.page.keyboard.press('ArrowDown');
      await panel.page.keyboard.press('ArrowDown');
      const frames = await panel.page.evaluate(
        () =>
          new Promise<number>(done => {
            let painted = 0;
            const { prototype } = CanvasRenderingContext2D;
            const before = prototype.fillRect;
            prototype.fillRect = function (...box) {
              if (this.canvas.clientWidth > 400 && box[0] === 0 && box[1] === 0 && box[3] > 100) painted++;
              before.apply(this, box);
            };
            document
              .querySelector('canvas')
              ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Backspace', bubbles: true }));
            setTimeout(() => done(painted), 400);
          }),
      );
      if (reducedMotion) assert.ok(frames <= 2, `${frames} frames`);
      else assert.ok(frames >= 3, `${frames} frames`);
    });
});

test('? lists the keys of the view on show; ? or Esc takes the list away', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'graph');
    const { keyboard } = panel.page;
    const help = panel.page.locator('dialog.help');
    // Nothing has the keyboard yet.
    await keyboard.press('?');
    assert.ok(await help.isVisible());
    await keyboard.press('Escape');
    await panel.page.focus('canvas');
    await keyboard.press('?');
    for (const key of ['Enter', 'Backspace', 'M', 'N', 'G', 'F', '0', '+', '−', '1', '6', '/', 'T', 'Esc', '←'])
      assert.ok(await help.locator('kbd').getByText(key, { exact: true }).first().isVisible(), key);
    assert.deepEqual(await violations(panel), []);
    await panel.screenshot('panel-help-dark');
    await keyboard.press('?');
    assert.equal(await help.isVisible(), false);
    await panel.page.getByRole('tab', { name: 'Tensors' }).click();
    await panel.page.locator('.foot [aria-label="Keys (?)"]').click();
    assert.match(await help.innerText(), /Keys: Tensors/);
    await keyboard.press('Escape');
    assert.equal(await help.isVisible(), false);
    // Where text is typed, ? is a character.
    await panel.page.locator('.expression').focus();
    await keyboard.press('?');
    assert.equal(await help.isVisible(), false);
  }));

test('the list is walked row by row; right opens a group, left closes it or goes to it; its button follows T', () =>
  withPage({}, async panel => {
    await panel.show(ready, 'graph');
    await panel.page.focus('canvas');
    const pressed = () => panel.page.locator('[aria-label="List instead of picture (T)"]').getAttribute('aria-pressed');
    await panel.page.keyboard.press('t');
    assert.equal(await pressed(), 'true');
    const { keyboard } = panel.page;
    const walk = async (...keys: string[]) => {
      for (const key of keys) await keyboard.press(key);
      return heading(panel);
    };
    assert.equal(await walk('ArrowDown', 'ArrowDown'), 'mlp');
    assert.equal(await walk('ArrowDown', 'ArrowDown'), 'dense');
    const closed = () => panel.page.locator('.graph-tree [aria-expanded=false]').count();
    assert.equal(await closed(), 0);
    await walk('ArrowLeft');
    assert.equal(await closed(), 2, 'on both sides');
    await walk('ArrowRight');
    assert.equal(await closed(), 0);
    assert.equal(await walk('ArrowDown', 'ArrowDown', 'ArrowLeft'), 'dense');
    await keyboard.press('t');
    assert.equal(await pressed(), 'false');
  }));

test('where a group is selected, the path ends with the group', () =>
  withPage({ reducedMotion: true }, async panel => {
    await panel.show(ready, 'graph');
    await panel.page.focus('canvas');
    for (const key of ['ArrowDown', 'ArrowDown', 'Backspace', 'Backspace']) await panel.page.keyboard.press(key);
    assert.equal(await heading(panel), 'mlp');
    assert.match(await panel.page.locator('.crumbs').innerText(), /train\.py\s*›\s*mlp$/);
  }));
