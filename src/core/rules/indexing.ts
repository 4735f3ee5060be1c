// Rules for subscripts. Tensors take whole numbers, slices, None, ... and masks; index arrays become gather, pairs gather_nd.
import { form } from './conditions.ts';
import type { Rule } from './types.ts';

const outOfRange =
  'an index out of range raises InvalidArgumentError instead of IndexError, and negative indices raise';

export const indexing: readonly Rule[] = [
  {
    id: 'TL188',
    family: 'indexing',
    names: ['subscript'],
    why: 'Whole numbers, slices, None and ... mean the same; NumPy gives a view, TensorFlow a copy.',
    params: [],
    forms: [form('{array}[{index:value}]', { when: call => call.indexing === 'basic' })],
    bound: 'exact',
    hazards: ['52', '53b', '53c'],
    example: 'x = np.arange(12.0).reshape(3, 4)\nresult = x[1:, ::2]',
  },
  {
    id: 'TL189',
    family: 'indexing',
    names: ['subscript mask'],
    why: 'A mask becomes tf.boolean_mask, on the axis where it stands.',
    params: [],
    forms: [
      form('tf.boolean_mask({array}, {mask:index})', { when: call => call.indexing === 'mask' && call.axis === 0 }),
      form('tf.boolean_mask({array}, {mask:index}, axis={axis})', { when: call => call.indexing === 'mask' }),
    ],
    bound: 'exact',
    hazards: ['40', '40b', '40e'],
    example: 'x = np.array([3.0, -1.0, 2.0])\nresult = x[x > 0]',
  },
  {
    id: 'TL190',
    family: 'indexing',
    names: ['subscript gather'],
    why: 'An index array becomes tf.gather, on the axis where it stands; TensorFlow refuses negative indices.',
    params: [],
    forms: [
      form('tf.gather({array}, {indices:index})', {
        when: call => call.indexing === 'gather' && call.axis === 0,
        review: call => (call.arg('indices').natural ? null : outOfRange),
      }),
      form('tf.gather({array}, {indices:index}, axis={axis})', {
        when: call => call.indexing === 'gather',
        review: call => (call.arg('indices').natural ? null : outOfRange),
      }),
      form('tf.gather_nd({array}, tf.stack({indices:value}, -1))', {
        when: call => call.indexing === 'tuple',
        review: outOfRange,
      }),
      form('tf.gather_nd({array}, tf.stack({pairs:items}, -1))', {
        when: call => call.indexing === 'pairs',
        review: outOfRange,
      }),
    ],
    bound: 'exact',
    hazards: ['38', '38b', '38e', '39', '39b'],
    example: 'x = np.array([10, 20, 30])\nresult = x[[2, 0]]',
  },
];
