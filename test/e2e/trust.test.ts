// A workspace that is not trusted: it is analysed, and nothing of it runs.
import assert from 'node:assert/strict';
import { journey } from './support.ts';

journey(
  'an untrusted workspace is analysed, and Run says why it does not run',
  { picture: 'untrusted', file: 'heat.py', trusted: false },
  async workbench => {
    await workbench.page.getByText('Restricted Mode').last().waitFor();
    await workbench.until(
      () => workbench.marks('hint'),
      count => count >= 5,
    );
    await workbench.command('Run File');
    const messages = await workbench.until(
      () => workbench.toasts(),
      all => all.length > 0,
    );
    assert.match(messages.join('\n'), /trust/i);
    assert.deepEqual(await workbench.inlineResults(), []);
    assert.deepEqual(workbench.kernels(), [], 'no kernel was started');
  },
);
