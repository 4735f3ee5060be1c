// A program that does not end, and a kernel that does.
import assert from 'node:assert/strict';
import { within } from '../support/within.ts';
import { journey, resultAt } from './support.ts';

journey(
  'an endless loop is cancelled; a killed kernel says so; the next run starts another',
  { picture: 'kernel', file: 'endless.py' },
  async workbench => {
    const status = (pattern: RegExp, ms?: number) =>
      workbench.until(
        () => workbench.statusBar(),
        texts => texts.some(text => pattern.test(text)),
        ms,
      );
    const running = /· (?:running|\d+ s)/;
    await workbench.until(
      () => workbench.marks('hint'),
      count => count > 0,
    );
    await workbench.command('Run File');
    await resultAt(workbench, 3, /0/);
    await status(running);
    await workbench.goTo(5, 26);
    await workbench.page.keyboard.type('  # typed meanwhile');
    await workbench.until(
      () => workbench.lines(),
      lines => lines.some(({ text }) => text.includes('# typed meanwhile')),
    );
    await workbench.screenshot('e2e-running');
    await workbench.palette('Cancel Run');
    const started = performance.now();
    await workbench.page.keyboard.press('Enter');
    await status(/· idle/);
    within(performance.now() - started, 2000, 'the end of the loop');

    await workbench.command('Run File');
    await status(running);
    const [kernel] = workbench.kernels();
    assert.ok(kernel !== undefined, 'a kernel runs');
    process.kill(kernel, 'SIGKILL');
    await status(/Kernel stopped/);
    // Whose message it is: of code that it does not find in an extension's folder, the workbench does not know.
    const source = workbench.page.locator('.notifications-toasts .notification-list-item-source');
    assert.equal(await source.first().innerText(), 'Source: Tensorlift');
    await workbench.screenshot('e2e-killed');

    await workbench.openFile('heat.py');
    await workbench.command('Run File');
    await resultAt(workbench, 14, /20\./);
    await status(/· idle/);
    assert.ok(!workbench.kernels().includes(kernel));
  },
);
