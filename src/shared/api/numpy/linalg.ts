// Products and linear algebra.
import type { ApiRow } from '../types.ts';

export const linalg: readonly ApiRow[] = [
  {
    name: 'dot',
    kind: 'function',
    home: 'typescript',
    signature: '(a, b, out=None)',
    doc: 'Dot product: last axis of a with the second to last of b.',
    dtype: 'promote',
    shape: 'own',
    gradient: 'smooth',
    devices: 'wasm',
  },
  {
    name: 'matmul',
    kind: 'ufunc',
    home: 'typescript',
    signature:
      "(x1, x2, /, out=None, *, axes=<no value>, axis=<no value>, keepdims=False, casting='same_kind', order='K', dtype=None, subok=True, signature=None)",
    doc: 'Matrix product with batch axes.',
    dtype: 'promote',
    shape: 'own',
    gradient: 'smooth',
    devices: 'wasm',
  },
  {
    name: 'linalg.norm',
    kind: 'function',
    home: 'typescript',
    signature: '(x, ord=None, axis=None, keepdims=False)',
    doc: 'Norm of a vector or matrix.',
    dtype: 'float',
    shape: 'own',
    gradient: 'smooth',
    devices: 'wasm',
  },
  {
    name: 'linalg.inv',
    kind: 'function',
    home: 'typescript',
    signature: '(a)',
    doc: 'Inverse of square matrices.',
    dtype: 'float',
    shape: 'same',
    gradient: 'smooth',
    devices: 'wasm',
  },
];
