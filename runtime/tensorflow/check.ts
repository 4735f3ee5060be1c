// The check of dtypes that TensorFlow makes before it runs an op: what it refuses is refused here, in its words.
import type { DType } from '../../src/shared/dtypes.ts';
import { allDTypes } from '../../src/shared/dtypes.ts';
import { TfError, opSuffix, tfNames } from './errors.ts';
import type { TfAttrs, TfOp } from './types.ts';

const isDType = (name: string): name is DType => (allDTypes as readonly string[]).includes(name);

/** For every operand the dtype attribute (or dtype) that its argument names; arguments given as attributes are no operands. */
function kinds(args: string, count: number, attrs: TfAttrs): string[] {
  const list = args.split(' ').flatMap(arg => {
    const [name = '', kind = ''] = arg.split(':');
    return name in attrs ? [] : [kind];
  });
  const many = list.findIndex(kind => kind.startsWith('N*'));
  if (many < 0) return list;
  const repeated = new Array<string>(Math.max(0, count - (list.length - 1))).fill((list[many] ?? '').slice(2));
  return [...list.slice(0, many), ...repeated, ...list.slice(many + 1)];
}

/** Float products run in kernels of oneDNN, under names of their own. */
const mkl = (name: string, dtype: DType): string =>
  dtype === 'float32' && (name === 'MatMul' || name === 'BatchMatMulV2') ? '_Mkl' : '';

/** Throws TensorFlow's error unless `op` takes operands of these dtypes. */
export function checkDTypes(name: string, op: TfOp, dtypes: readonly DType[], attrs: TfAttrs): void {
  const expected = new Map<string, DType>();
  const operands = kinds(op.args, dtypes.length, attrs);
  dtypes.forEach((dtype, i) => {
    const kind = operands[i] ?? 'T';
    const wanted = isDType(kind) ? kind : expected.get(kind);
    if (wanted === undefined) {
      expected.set(kind, dtype);
      const allowed = op.allowed?.[kind];
      if (allowed && !allowed.split(', ').includes(tfNames[dtype])) {
        const where = `\n\t; NodeDef: {{node ${name}}}; Op<name=${name}>${opSuffix(name, true)}`;
        throw new TfError(
          'InvalidArgumentError',
          `Value for attr '${kind}' of ${tfNames[dtype]} is not in the list of allowed values: ${allowed}${where}`,
        );
      }
    } else if (wanted !== dtype)
      throw new TfError(
        'InvalidArgumentError',
        `cannot compute ${mkl(name, wanted)}${name} as input #${i}(zero-based) was expected to be a ${tfNames[wanted]} tensor but is a ${tfNames[dtype]} tensor${opSuffix(name, true)}`,
      );
  });
  const kernel = expected.get('T');
  if (kernel && op.noKernel?.includes(kernel)) {
    const settings = Object.entries(attrs).filter(([, value]) => typeof value === 'boolean');
    const words = [`T=DT_${tfNames[kernel].toUpperCase()}`, ...settings.map(([key, value]) => `${key}=${value}`)];
    throw new TfError(
      'NotFoundError',
      `Could not find device for node: {{node ${name}}} = ${name}[${words.join(', ')}]\nAll kernels registered for op ${name}:${opSuffix(name, true)}`,
    );
  }
}
