// `npm run pictures`: the pictures of the README, taken from the real extension in VS Code, on the examples.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { Workbench, copyOf, root } from '../test/support/workbench.ts';

const folder = path.join(root, 'docs/images');

interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** What is done before the picture is taken. */
  take(workbench: Workbench): Promise<unknown>;
}

const tab = async (workbench: Workbench, name: string): Promise<Frame> => {
  const panel = await workbench.panel();
  await panel.locator('[role=tab]', { hasText: name }).first().click();
  return panel;
};

/** Runs the file. What it prints opens the panel below, which would hide the last lines. */
async function run(workbench: Workbench): Promise<void> {
  const shows = (text: string) =>
    workbench.until(workbench.inlineResults, all => all.some(each => each.text.includes(text)), 90_000);
  await workbench.command('Run File');
  await shows('mean 0.0025');
  await workbench.page.waitForTimeout(3000);
  await workbench.command('View: Hide Panel');
  await shows('1.12259');
}

async function gradient(workbench: Workbench): Promise<Frame> {
  await workbench.goTo(12);
  await workbench.command('Show Gradient of Function');
  const panel = await workbench.panel();
  await panel.waitForFunction(() => document.body.innerText.includes('checked by finite differences'), null, {
    timeout: 90_000,
  });
  return panel;
}

const pictures: readonly Picture[] = [
  { name: 'editor', width: 1280, height: 500, take: run },
  {
    name: 'lift',
    width: 1400,
    height: 560,
    take: async workbench => {
      await workbench.command('Lift File to TensorFlow');
      await workbench.until(workbench.inlineResults, all => all.some(({ text }) => text.includes('Verified')), 90_000);
    },
  },
  {
    name: 'graph',
    width: 1400,
    height: 860,
    take: async workbench => {
      await gradient(workbench);
      const panel = await tab(workbench, 'Graph');
      await panel.getByRole('button', { name: 'Show or hide the details' }).click();
      await panel.locator('canvas').first().focus();
      await workbench.page.keyboard.press('0');
    },
  },
  { name: 'gradients', width: 1400, height: 480, take: gradient },
  {
    name: 'tensors',
    width: 1400,
    height: 620,
    take: async workbench => {
      await run(workbench);
      await workbench.command('Show Tensors');
      const panel = await tab(workbench, 'Tensors');
      await panel.getByText('w1').filter({ visible: true }).first().click();
    },
  },
];

const wanted = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const { name, width, height, take } of pictures) {
  if (wanted.length && !wanted.includes(name)) continue;
  const workbench = await Workbench.open({
    folder: copyOf(path.join(root, 'examples')),
    file: 'network.py',
    width,
    height,
    settings: {
      'workbench.activityBar.location': 'hidden',
      'breadcrumbs.enabled': false,
      'workbench.statusBar.visible': true,
      'editor.minimap.enabled': false,
    },
  });
  try {
    await workbench.page.keyboard.press('Control+b');
    await workbench.until(workbench.lenses, all => all.some(text => text.includes('Gradient')), 90_000);
    await take(workbench);
    // Nothing is under the mouse there.
    await workbench.page.mouse.move(width / 2, height - 6);
    await workbench.page.waitForTimeout(1500);
    await workbench.page.screenshot({ path: path.join(folder, `${name}.png`) });
    console.log(`docs/images/${name}.png`);
  } finally {
    await workbench.close();
  }
}
