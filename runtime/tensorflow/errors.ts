// TensorFlow's errors, with its words: the Python side raises them as tf.errors.* or as Python's own exceptions.
import type { DType } from '../../src/shared/dtypes.ts';

export type TfErrorType =
  | 'InvalidArgumentError'
  | 'NotFoundError'
  | 'UnimplementedError'
  | 'ValueError'
  | 'TypeError'
  | 'LookupError'
  | 'NotImplementedError';

export class TfError extends Error {
  override readonly name = 'TfError';
  /** The exception that Python raises. */
  readonly pythonType: TfErrorType;
  constructor(type: TfErrorType, message: string) {
    super(message);
    this.pythonType = type;
  }
}

/** The values of a tensor are asked for while its graph is being built. */
export class NeedsValues extends Error {
  override readonly name = 'NeedsValues';
}

/** A complaint of a kernel: the executor adds the op's name around it. */
export class KernelError extends Error {
  override readonly name: string = 'KernelError';
}

/** One that no shape function foresees: a graph is traced without it, and raises when it runs. */
export class LateKernelError extends KernelError {
  override readonly name = 'LateKernelError';
}

/** What a kernel says of a matrix that the engine found singular; null for other errors. */
export function singularWords(op: string, error: unknown): string | null {
  const singular = error instanceof Error && error.name === 'OpError' && /singular/i.test(error.message);
  return singular ? `Input ${op === 'MatrixSolve' ? 'matrix ' : ''}is not invertible.` : null;
}

/** TensorFlow's own names of the dtypes, as its errors write them. */
export const tfNames: Readonly<Record<DType, string>> = {
  bool: 'bool',
  int8: 'int8',
  uint8: 'uint8',
  int16: 'int16',
  uint16: 'uint16',
  int32: 'int32',
  uint32: 'uint32',
  int64: 'int64',
  uint64: 'uint64',
  float32: 'float',
  float64: 'double',
};

/** `[2,3]`, as kernels print a shape. */
export const shapeText = (shape: readonly number[]): string => `[${shape.join(',')}]`;

/** Ops whose errors end with the op's `name:`; the others end behind `[Op:…]`. */
const named = new Set(
  'AddV2 Sub Mul RealDiv FloorDiv FloorMod Pow Maximum Minimum MatMul BatchMatMulV2 ConcatV2 Pack Squeeze Range Fill Cumsum Cumprod MatrixDiagPartV3 StridedSlice'.split(
    ' ',
  ),
);
const givenNames: Readonly<Record<string, string>> = {
  ConcatV2: 'concat',
  Pack: 'stack',
  MatrixDiagPartV3: 'diag_part',
  StridedSlice: 'strided_slice/',
};

/** ` [Op:AddV2] name: `, as TensorFlow ends its messages. */
export const opSuffix = (op: string, always = false): string =>
  ` [Op:${op}]${always || named.has(op) ? ` name: ${givenNames[op] ?? ''}` : ''}`;

/** A kernel's complaint as eager execution raises it. */
export function kernelError(op: string, inputs: readonly { readonly dtype: DType }[], message: string): TfError {
  const mkl = (op === 'MatMul' || op === 'BatchMatMulV2') && inputs[0]?.dtype === 'float32' ? '__Mkl' : '';
  const many = op === 'ConcatV2' || op === 'Pack' ? `_N_${inputs.length}` : '';
  const where = `{{function_node __wrapped__${mkl}${op}${many}_device_/job:localhost/replica:0/task:0/device:CPU:0}}`;
  return new TfError(
    'InvalidArgumentError',
    `${where} ${message}${op === 'MatrixSetDiagV3' ? '\n' : ''}${opSuffix(op)}`,
  );
}
