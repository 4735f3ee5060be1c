// Gradients.
import type { ApiRow } from '../types.ts';

export const gradients: readonly ApiRow[] = [
  {
    name: 'GradientTape',
    kind: 'type',
    home: 'python',
    signature: '(persistent=False, watch_accessed_variables=True)',
    doc: 'Records ops and differentiates them.',
    dtype: 'own',
    shape: 'own',
    gradient: 'smooth',
    devices: 'both',
  },
  {
    name: 'stop_gradient',
    kind: 'function',
    home: 'python',
    signature: '(input, name=None)',
    doc: 'The same tensor; gradients do not pass.',
    dtype: 'promote',
    shape: 'same',
    gradient: 'none',
    devices: 'both',
  },
];
