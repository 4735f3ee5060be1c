// Names beside the API rows that the analysis knows: their signature and rules, so that values do not get lost on the way.
import type { DTypeRule, ShapeRule } from '../../../shared/api/types.ts';
import type { RowRules } from './rows.ts';

const ufunc1 = '(x, /, out=None, *, where=True, dtype=None)';
const ufunc2 = '(x1, x2, /, out=None, *, where=True, dtype=None)';
const reduction = '(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True)';

type Extra = readonly [names: string, signature: string, dtype: DTypeRule, shape: ShapeRule];

const table: readonly Extra[] = [
  ['exp2', ufunc1, 'float', 'same'],
  ['fmax fmin', ufunc2, 'promote', 'broadcast'],
  ['nanvar nanstd', '(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False)', 'mean', 'reduce'],
  ['nanmean', reduction, 'mean', 'reduce'],
  ['nansum nanprod', reduction, 'accumulate', 'reduce'],
  ['nanmax nanmin', '(a, axis=None, out=None, keepdims=False)', 'promote', 'reduce'],
  ['nanargmax nanargmin', '(a, axis=None, out=None, *, keepdims=False)', 'index', 'reduce'],
  ['geomspace', '(start, stop, num=50, endpoint=True, dtype=None, axis=0)', 'own', 'own'],
  ['random.random random.random_sample random.standard_normal', '(size=None)', 'own', 'own'],
  ['random.uniform random.Generator.uniform', '(low=0.0, high=1.0, size=None)', 'own', 'own'],
  ['random.normal', '(loc=0.0, scale=1.0, size=None)', 'own', 'own'],
  ['random.choice', '(a, size=None, replace=True, p=None)', 'own', 'own'],
  ['random.permutation random.shuffle', '(x)', 'own', 'own'],
  ['random.Generator.permutation random.Generator.shuffle', '(x, axis=0)', 'own', 'own'],
  ['random.Generator.choice', '(a, size=None, replace=True, p=None, axis=0, shuffle=True)', 'own', 'own'],
  ['random.Generator.integers', '(low, high=None, size=None, dtype=None, endpoint=False)', 'own', 'own'],
  ['random.Generator.standard_normal', '(size=None, dtype=None, out=None)', 'own', 'own'],
];

const legacy = [
  'rand',
  'randn',
  'randint',
  'random',
  'uniform',
  'normal',
  'standard_normal',
  'choice',
  'permutation',
  'shuffle',
  'seed',
];
const randomSignatures: Readonly<Record<string, string>> = {
  rand: '(*args)',
  randn: '(*args)',
  randint: '(low, high=None, size=None, dtype=None)',
  seed: '(seed=None)',
};

function rowsOf(extra: readonly Extra[], prefix: string): [string, RowRules][] {
  return extra.flatMap(([names, signature, dtype, shape]) =>
    names.split(' ').map((name): [string, RowRules] => [prefix + name, { name, signature, dtype, shape }]),
  );
}

const functions = new Map(rowsOf(table, 'numpy.'));
const methodsOfState = legacy.map((name): [string, RowRules] => [
  `numpy.random.RandomState.${name}`,
  {
    name,
    signature: randomSignatures[name] ?? functions.get(`numpy.random.${name}`)?.signature ?? '()',
    dtype: 'own',
    shape: 'own',
  },
]);

export const extraRows: ReadonlyMap<string, RowRules> = new Map([...functions, ...methodsOfState]);
