// A figure with a curve, bars, an image and points.
import type { Figure } from '../../../src/shared/tensors.ts';
import { valueAt } from './tensors.ts';

const steps = Array.from({ length: 120 }, (_, at) => at);
export const figures: readonly Figure[] = [
  {
    number: 1,
    axes: [
      {
        title: 'Training',
        xLabel: 'step',
        yLabel: 'loss',
        marks: [
          {
            kind: 'line',
            label: 'train',
            x: steps,
            y: steps.map(at => 2.3 * Math.exp(-at / 40) + 0.08 * Math.sin(at / 3)),
          },
          { kind: 'line', label: 'validation', x: steps, y: steps.map(at => 2.35 * Math.exp(-at / 55) + 0.12) },
        ],
      },
      {
        title: 'Classes',
        xLabel: 'class',
        yLabel: 'count',
        marks: [{ kind: 'bars', label: 'y', x: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], y: [5, 8, 6, 9, 4, 7, 6, 8, 5, 6] }],
      },
      {
        title: 'x[17]',
        xLabel: '',
        yLabel: '',
        marks: [
          {
            kind: 'image',
            label: '',
            x: [],
            y: Array.from({ length: 784 }, (_, at) => {
              const value = valueAt('x_img', Math.floor(at / 28), at % 28);
              return Number.isFinite(value) ? value : 0;
            }),
            columns: 28,
          },
        ],
      },
      {
        title: 'Logits',
        xLabel: 'z0',
        yLabel: 'z1',
        marks: [
          {
            kind: 'points',
            label: 'batch',
            x: steps.map(at => Math.sin(at * 1.7) * 2),
            y: steps.map(at => Math.cos(at * 2.3) + at / 90),
          },
        ],
      },
    ],
    others: ['plt.tight_layout()', 'plt.grid(alpha=0.3)'],
    line: 32,
  },
];
