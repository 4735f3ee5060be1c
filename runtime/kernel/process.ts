// Entry of the kernel process. Its parent talks to it over IPC; when that channel closes, however the parent ended, the
// process ends too and nothing is left behind.
import type { FromKernel, ToKernel } from '../../src/shared/protocol.ts';
import { loadAssets } from './interpreter.ts';
import { Supervisor } from './supervisor.ts';

process.title = 'tensorlift-kernel';
process.on('disconnect', () => process.exit(0));
// Ctrl+C in a terminal reaches the whole group; the parent decides what it means.
process.on('SIGINT', () => undefined);

const send = (message: FromKernel) => {
  if (process.connected) process.send?.(message);
};
const assets = loadAssets(new URL('.', import.meta.url));
let supervisor: Supervisor | undefined;

process.on('message', (message: ToKernel) => {
  switch (message.type) {
    case 'start':
      supervisor = new Supervisor(assets, message.options, send);
      return;
    case 'run':
      return void supervisor?.run(message.id, message.program, message.timeout);
    case 'interrupt':
      return void supervisor?.interrupt();
    case 'restart':
      return supervisor?.restart();
    case 'tensors':
    case 'calls':
    case 'slice':
      return supervisor?.ask(message);
    case 'forget':
      return supervisor?.forget(message.namespace);
    case 'input':
      return supervisor?.input(message.text);
  }
});
