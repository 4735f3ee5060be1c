// The shared memory between the two threads of the kernel: what an interrupt leaves there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MainEnd, WorkerEnd, createShared } from '../../../runtime/kernel/channel.ts';

const shared = createShared();
const [main, worker] = [new MainEnd(shared), new WorkerEnd(shared, () => undefined)];

test('an interrupt reaches the code that runs', () => {
  worker.running(true);
  main.interrupt();
  assert.equal(worker.interrupt[0], 2);
});

test('none is left for the next program where the code ended just now', () => {
  worker.running(false);
  main.interrupt();
  assert.equal(worker.interrupt[0], 0);
});
