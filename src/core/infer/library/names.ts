// Names of the libraries: modules, canonical names behind aliases, constants.
import { tensorDTypes } from '../../../shared/dtypes.ts';
import { numpyRows } from '../../../shared/api/numpy/index.ts';
import type { ApiRow } from '../../../shared/api/types.ts';
import type { AbstractValue } from '../types.ts';
import { float, none } from '../values.ts';

/** Modules below the libraries that are told apart from functions. */
const modules = new Set([
  'numpy',
  'numpy.linalg',
  'numpy.random',
  'numpy.fft',
  'numpy.testing',
  'numpy.polynomial',
  'numpy.ma',
  'numpy.lib',
  'numpy.lib.stride_tricks',
  'tensorflow',
  'tensorflow.math',
  'tensorflow.linalg',
  'tensorflow.nn',
  'tensorflow.random',
  'tensorflow.config',
  'tensorflow.compat',
  'tensorflow.compat.v1',
  'tensorflow.compat.v1.train',
  'tensorflow.compat.v1.nn',
  'tensorflow.debugging',
  'tensorflow.errors',
  'tensorflow.experimental',
  'tensorflow.experimental.numpy',
  'tensorflow.keras',
  'tensorflow.keras.layers',
  'tensorflow.image',
  'tensorflow.signal',
  'tensorflow.data',
  'tensorflow.train',
  'tensorflow.sparse',
  'tensorflow.strings',
  'tensorflow.dtypes',
  'tensorflow.autograph',
  'os.path',
  'matplotlib.pyplot',
]);

export const rowsByName: ReadonlyMap<string, ApiRow> = new Map(
  numpyRows.map(row => [row.name.startsWith('ndarray.') ? row.name : `numpy.${row.name}`, row]),
);

const aliases = new Map<string, string>([
  ...numpyRows.flatMap(row =>
    (row.aliases ?? []).map((alias): [string, string] => {
      const folder = row.name.includes('.') ? row.name.slice(0, row.name.lastIndexOf('.') + 1) : '';
      return [`numpy.${folder}${alias}`, `numpy.${row.name}`];
    }),
  ),
  ['numpy.random.mtrand.RandomState', 'numpy.random.RandomState'],
  ['tensorflow.math.add', 'tensorflow.add'],
  ['tensorflow.math.subtract', 'tensorflow.subtract'],
  ['tensorflow.math.multiply', 'tensorflow.multiply'],
  ['tensorflow.math.divide', 'tensorflow.divide'],
  ['tensorflow.math.square', 'tensorflow.square'],
  ['tensorflow.math.sqrt', 'tensorflow.sqrt'],
  ['tensorflow.math.pow', 'tensorflow.pow'],
  ['tensorflow.math.exp', 'tensorflow.exp'],
  ['tensorflow.math.abs', 'tensorflow.abs'],
  ['tensorflow.math.sin', 'tensorflow.sin'],
  ['tensorflow.math.cos', 'tensorflow.cos'],
  ['tensorflow.math.tanh', 'tensorflow.tanh'],
  ['tensorflow.math.sigmoid', 'tensorflow.sigmoid'],
  ['tensorflow.math.maximum', 'tensorflow.maximum'],
  ['tensorflow.math.minimum', 'tensorflow.minimum'],
  ['tensorflow.math.argmax', 'tensorflow.argmax'],
  ['tensorflow.math.reduce_sum', 'tensorflow.reduce_sum'],
  ['tensorflow.math.reduce_mean', 'tensorflow.reduce_mean'],
  ['tensorflow.math.reduce_max', 'tensorflow.reduce_max'],
  ['tensorflow.math.reduce_min', 'tensorflow.reduce_min'],
  ['tensorflow.math.reduce_prod', 'tensorflow.reduce_prod'],
  ['tensorflow.math.reduce_any', 'tensorflow.reduce_any'],
  ['tensorflow.math.reduce_all', 'tensorflow.reduce_all'],
  ['tensorflow.linalg.matmul', 'tensorflow.matmul'],
  ['tensorflow.linalg.tensordot', 'tensorflow.tensordot'],
  ['tensorflow.norm', 'tensorflow.linalg.norm'],
  ['tensorflow.autodiff.GradientTape', 'tensorflow.GradientTape'],
]);

/** The module that an import path names; null for relative imports. */
export function rootModule(path: string): string | null {
  return path === '' || path.startsWith('.') ? null : path;
}

export function canonical(name: string): string {
  return aliases.get(name) ?? name;
}

/** `module.name`. */
export function libraryAttribute(module: string, name: string): AbstractValue | null {
  if (name.startsWith('__')) return null;
  const full = `${module}.${name}`;
  if (modules.has(full)) return { kind: 'module', name: full };
  return { kind: 'api', name: canonical(full) };
}

/** Names that `from numpy import *` brings, as far as they are known. */
export function starNames(module: string): readonly string[] {
  if (module === 'math') return ['sqrt', 'exp', 'log', 'sin', 'cos', 'tan', 'pi', 'floor', 'ceil', 'pow', 'fabs'];
  if (!module.startsWith('numpy')) return [];
  const prefix = `${module}.`;
  const below = [...rowsByName.keys(), ...aliases.keys()].filter(name => name.startsWith(prefix));
  return below.map(name => name.slice(prefix.length)).filter(name => !name.includes('.'));
}

const constants: Readonly<Record<string, AbstractValue>> = {
  'numpy.pi': float(Math.PI),
  'numpy.e': float(Math.E),
  'numpy.euler_gamma': float(0.5772156649015329),
  'numpy.inf': float(Infinity),
  'numpy.nan': float(NaN),
  'numpy.newaxis': none,
  'tensorflow.newaxis': none,
  'math.pi': float(Math.PI),
  'math.e': float(Math.E),
  'math.tau': float(2 * Math.PI),
  'math.inf': float(Infinity),
  'math.nan': float(NaN),
  'builtins.__name__': { kind: 'str', value: null },
  'numpy.True_': { kind: 'scalar', dtype: 'bool' },
  'numpy.False_': { kind: 'scalar', dtype: 'bool' },
  ...Object.fromEntries(tensorDTypes.map(dtype => [`tensorflow.${dtype}`, { kind: 'dtype' as const, dtype }])),
};

/** The value of a library's constant; other values as they are. */
export function constantOf(value: AbstractValue): AbstractValue {
  return value.kind === 'api' ? (constants[value.name] ?? value) : value;
}
