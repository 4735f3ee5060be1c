// What the transforms (code in src/core/convert) are called: stores, mutation, printing, sessions. Their docs come from here.
import type { Level } from '../../shared/findings.ts';

export interface Transform {
  readonly id: string;
  readonly name: string;
  readonly why: string;
  /** What has to be shown before the transform is used. */
  readonly proof: string;
  readonly level: Level;
  readonly hazards: readonly (number | string)[];
  /** A NumPy program that assigns `result`. */
  readonly example: string;
}

export const transforms = {
  elementStore: {
    id: 'TL191',
    name: 'store-element',
    why: 'Tensors can not be written into: `x[i] = v` makes a new tensor with tf.tensor_scatter_nd_update.',
    proof: 'No other name sees the memory of the array at this place.',
    level: 'safe',
    hazards: ['22', '22b', '22c', '22d', '22e', '22f'],
    example: 'x = np.zeros(3)\nx[1] = 5.0\nresult = x',
  },
  maskStore: {
    id: 'TL192',
    name: 'store-mask',
    why: 'A masked store chooses between the new value and the old one: tf.where.',
    proof:
      'No other name sees the memory of the array at this place; the mask is bool and has the shape of the array or of its first axes.',
    level: 'safe',
    hazards: ['25', '25c', '25d', '25f', '26'],
    example: 'x = np.array([1.0, -2.0, 3.0])\nx[x < 0] = 0.0\nresult = x',
  },
  sliceStore: {
    id: 'TL193',
    name: 'store-slice',
    why: 'A store into a slice is a sliced assign of a tf.Variable.',
    proof:
      'No other name sees the memory of the array; every name that holds the variable is read before the next store.',
    level: 'safe',
    hazards: ['23', '23b', '23g', '24'],
    example: 'x = np.arange(12.0).reshape(3, 4)\nx[1:-1, 1:-1] = 0.0\nresult = x',
  },
  wholeStore: {
    id: 'TL194',
    name: 'store-whole',
    why: '`x[:] = v` replaces all values: a broadcast of the value to the shape.',
    proof: 'No other name sees the memory of the array at this place.',
    level: 'safe',
    hazards: ['240m'],
    example: 'x = np.zeros(3)\nx[:] = 2.0\nresult = x',
  },
  filledInLoop: {
    id: 'TL195',
    name: 'filled-in-loop',
    why: 'An array that is made empty and filled element by element is a list that is stacked once.',
    proof:
      'The loop runs over range(n) with the length of the array, stores once per turn at the loop index, and never reads the array.',
    level: 'safe',
    hazards: ['36'],
    example: 'out = np.empty(4)\nfor i in range(4):\n    out[i] = i * 0.5\nresult = out',
  },
  augmented: {
    id: 'TL196',
    name: 'augmented-assignment',
    why: '`x += y` writes into the memory of x in NumPy and binds x anew in TensorFlow.',
    proof: 'No other name sees the memory of the array at this place.',
    level: 'safe',
    hazards: ['30', '31', '233', '233b'],
    example: 'x = np.array([1.0, 2.0])\nx += 1\nresult = x',
  },
  returnsArgument: {
    id: 'TL197',
    name: 'returns-changed-argument',
    why: 'A function that changes its argument returns it, and the calls bind the result.',
    proof: 'Every call is a statement or assignment in this file and passes a name whose array nobody else sees.',
    level: 'review',
    hazards: ['30'],
    example: 'def scale(a):\n    a *= 2\n\n\nx = np.array([1.0, 2.0])\nscale(x)\nresult = x',
  },
  outArgument: {
    id: 'TL198',
    name: 'out-argument',
    why: '`np.add(a, b, out=c)` writes into c: the result is bound to c instead.',
    proof: 'The call is a statement, c is a name, and no other name sees its memory.',
    level: 'safe',
    hazards: ['32'],
    example: 'a = np.array([1.0, 2.0])\nc = np.zeros(2)\nnp.add(a, a, out=c)\nresult = c',
  },
  methodStore: {
    id: 'TL709',
    name: 'store-method',
    why: '`x.sort()`, `x.fill(v)` and `np.copyto(x, y)` change x in place: the new values are bound to x.',
    proof: 'The call is a statement, x is a name, and no other name sees its memory.',
    level: 'safe',
    hazards: ['33', '33f', '33g'],
    example: 'x = np.array([3, 1, 2])\nx.sort()\nresult = x',
  },
  boundary: {
    id: 'TL199',
    name: 'boundary',
    why: 'Tensors print differently from arrays, and code that wants an array gets one: numpy() on the way out, tf.convert_to_tensor on the way in.',
    proof: 'The array that comes out is not written into.',
    level: 'safe',
    hazards: ['114', '114d', '116'],
    example: "x = np.array([1.0, 2.0])\nprint('x is', x)\nresult = x",
  },
} as const satisfies Record<string, Transform>;
