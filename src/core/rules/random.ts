// Rules for random numbers. TensorFlow's generators draw other numbers from the same seed, so NumPy keeps its stream and the
// drawn array is converted at the boundary: bit-equal, and the program still repeats with its seed.
import type { Call, Rule } from './types.ts';
import { form } from './conditions.ts';

const why = 'TensorFlow draws other numbers from the same seed: NumPy draws, and the array becomes a tensor.';
const isDrawn = (call: Call): boolean => call.shape !== null && call.dtype !== null;

const draws = (id: string, names: readonly string[], example: string, hazards: Rule['hazards']): Rule => ({
  id,
  family: 'random',
  names,
  why,
  params: ['*args'],
  forms: [form('tf.convert_to_tensor({call})', { when: isDrawn })],
  bound: 'exact',
  hazards,
  example,
});
const keeps = (id: string, name: string, example: string): Rule => ({
  id,
  family: 'random',
  names: [name],
  why: 'The seed belongs to the stream that stays with NumPy.',
  params: ['*args'],
  forms: [form('{call}', { python: true })],
  bound: 'exact',
  hazards: ['112g'],
  example,
});

export const random: readonly Rule[] = [
  keeps('TL160', 'random.seed', 'np.random.seed(0)\nresult = np.random.rand(3)'),
  draws('TL161', ['random.rand'], 'np.random.seed(1)\nresult = np.random.rand(2, 3)', ['112', '112c']),
  draws('TL162', ['random.randn'], 'np.random.seed(2)\nresult = np.random.randn(4)', ['112', '112b']),
  draws('TL163', ['random.randint'], 'np.random.seed(3)\nresult = np.random.randint(0, 10, 5)', ['112d']),
  keeps('TL164', 'random.default_rng', 'rng = np.random.default_rng(0)\nresult = rng.random(3)'),
  draws('TL165', ['random.Generator.random'], 'rng = np.random.default_rng(1)\nresult = rng.random((2, 2))', ['112c']),
  draws('TL166', ['random.Generator.normal'], 'rng = np.random.default_rng(2)\nresult = rng.normal(0.0, 1.0, 3)', [
    '112h',
  ]),
];
