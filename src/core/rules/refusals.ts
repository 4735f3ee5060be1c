// Why something stays NumPy: one row per reason, with what to do about it. The docs page of a TL9nn id is made from its row.
import type { Constant, Refusal } from './types.ts';

export const refusals = {
  unknown: {
    id: 'TL901',
    name: 'unknown-value',
    why: 'The dtype or rank of a value is not known, and the TensorFlow form depends on it.',
    todo: 'Run the file once to learn the shape, call the function in the file, or state it: `# shape: (n, 3) float64`.',
    example: 'def total(x):\n    return np.sum(x)\n',
  },
  argument: {
    id: 'TL902',
    name: 'argument',
    why: 'An argument has no TensorFlow counterpart that keeps the meaning.',
    todo: 'Leave the argument out, or compute its effect in a step of its own.',
    example: "x = np.arange(6)\nresult = x.reshape((2, 3), order='F')\n",
  },
  shared: {
    id: 'TL903',
    name: 'shared-memory',
    why: 'The array that is changed in place may be seen under another name; a tensor would not carry the change there.',
    todo: 'Copy the array before it is changed (`y = x.copy()`), or change it under one name only.',
    example: 'x = np.zeros(3)\nrow = x[1:]\nx[0] = 1.0\nrow[0] = 5.0\nresult = x\n',
  },
  store: {
    id: 'TL904',
    name: 'store',
    why: 'This store into an array has no proven functional form.',
    todo: 'Write the update with a mask, a slice or whole indices, or keep the array in NumPy.',
    example: 'x = np.zeros((2, 2))\nx.flat[0] = 1.0\nresult = x\n',
  },
  escapes: {
    id: 'TL905',
    name: 'escapes',
    why: 'The array is handed to code that is not in this file and may change it or need an ndarray.',
    todo: 'Pass a copy, or keep this array in NumPy.',
    example: 'import json\nx = np.zeros(3)\njson.dumps(x)\n',
  },
  dtype: {
    id: 'TL906',
    name: 'dtype',
    why: 'TensorFlow has no kernel for this dtype, or the cast is not defined (out of range, NaN to integer).',
    todo: 'Choose the dtype on purpose with `astype` before this line.',
    example: 'x = np.array([True, False])\nresult = np.square(x)\n',
  },
  object: {
    id: 'TL907',
    name: 'object-state',
    why: 'Arrays in attributes of objects can be reached from anywhere, so that their type and memory are not followed.',
    todo: 'Lift the method by hand, or move the arithmetic into a function that takes and returns arrays.',
    example: 'class Model:\n    def __init__(self):\n        self.w = np.zeros(3)\n',
  },
  uncovered: {
    id: 'TL908',
    name: 'no-rule',
    why: 'There is no rule for this name yet, so the call stays NumPy behind a boundary.',
    todo: 'Nothing has to be done: the value is converted on both sides of the call.',
    example: 'result = np.kron(np.eye(2), np.ones(2))\n',
  },
  syntax: {
    id: 'TL909',
    name: 'syntax-error',
    why: 'The statement is not valid Python; text that can not be read is not rewritten.',
    todo: 'Mend the syntax first.',
    example: 'x = np.zeros(3\n',
  },
  repeated: {
    id: 'TL910',
    name: 'needs-a-name',
    why: 'The TensorFlow form uses the argument twice, and the argument is an expression.',
    todo: 'Give the argument a name first.',
    example: 'x = np.arange(4.0)\nresult = np.diff(np.sort(x))\n',
  },
  star: {
    id: 'TL911',
    name: 'star-import',
    why: '`from numpy import *` hides Python builtins (`sum`, `max`, `abs`), so that names can mean two things.',
    todo: 'Import NumPy as `np`.',
    example: 'from numpy import *\nresult = sum(zeros(3))\n',
  },
  level: {
    id: 'TL912',
    name: 'level',
    why: 'There is a rewrite, but it is above the level that was asked for.',
    todo: 'Ask for `--level review` (or `unsafe`), after reading what differs.',
    example: 'result = np.argmax(np.array([1.0, 2.0]))\n',
  },
} as const satisfies Record<string, Refusal>;

export type RefusalName = keyof typeof refusals;

/** An argument that only these values leave without effect. */
export const only = (
  because: string,
  ...except: readonly Constant[]
): { readonly except: readonly Constant[]; readonly because: string } => ({ because, except });
export const orderOnly = only('TensorFlow lays arrays out in rows (C order) only', 'C', 'K', 'A', null);
export const noOut = only('tensors can not be written into', null);
export const noWhere = only('the elements that are left out keep what was in memory', true);
/** Keyword arguments of ufuncs. */
export const ufuncKeywords = {
  out: noOut,
  where: noWhere,
  casting: only('TensorFlow has no casting modes', 'same_kind'),
  order: orderOnly,
  subok: only('tensors have no subclasses', true, false),
  signature: only('TensorFlow chooses its loop by the dtype of the operands', null),
};
