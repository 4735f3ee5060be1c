// What the panel can be told besides a run that went well.
import type { PanelState } from '../../../src/shared/panel.ts';
import { trainStep } from './trainStep.ts';

export const ready: PanelState = { kind: 'ready', run: trainStep() };
export const failed: PanelState = {
  kind: 'error',
  run: trainStep(false),
  error: {
    type: 'InvalidArgumentError',
    message: 'Matrix size-incompatible: In[0]: [64,256], In[1]: [128,10]',
    range: { start: { line: 6, character: 11 }, end: { line: 6, character: 26 } },
    hint: 'x is f32[64,256] from line 10; W is f32[128,10] from line 4.',
    traceback: `Traceback (most recent call last):
  File "/home/me/project/train.py", line 34, in <module>
    print("loss", train_step(x, y).numpy())
  File "/home/me/project/train.py", line 25, in train_step
    loss = cross_entropy(mlp(x), y)
  File "/lib/python3.14/site-packages/tensorflow/ops.py", line 9, in matmul
    raise InvalidArgumentError
  File "/home/me/project/train.py", line 7, in dense
    return tf.matmul(x, W) + b
InvalidArgumentError: Matrix size-incompatible`,
  },
};
export const loading = (limit: number): PanelState => ({
  kind: 'loading',
  title: 'Running train.py',
  startedAt: Date.now() - 2100,
  limit,
  steps: [
    { label: 'Kernel ready', state: 'done', note: '0.41 s' },
    { label: 'Forward', state: 'done', note: '1 240 ops' },
    { label: 'Backward', state: 'active', note: '770 of 1 240' },
    { label: 'Layout', state: 'waiting' },
  ],
});
export const dead: PanelState = {
  kind: 'dead',
  title: 'The kernel stopped',
  reason: 'It passed its memory limit of 2 GB on line 33.',
  lost: 'Your files are untouched; the values in memory are gone.',
};
