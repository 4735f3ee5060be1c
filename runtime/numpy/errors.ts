// Errors with the type that Python raises: the bridge turns them into NumPy's exceptions with the same words.

export type PythonErrorType =
  | 'ValueError'
  | 'TypeError'
  | 'IndexError'
  | 'OverflowError'
  | 'ZeroDivisionError'
  | 'NotImplementedError'
  | 'MemoryError'
  | 'AxisError'
  | 'LinAlgError'
  | 'UFuncNoLoopError'
  | 'UFuncInputCastingError'
  | 'UFuncOutputCastingError';

export class NumpyError extends Error {
  readonly type: PythonErrorType;
  constructor(type: PythonErrorType, message: string) {
    super(message);
    this.name = 'NumpyError';
    this.type = type;
  }
}

/** `(2,)`, `(2, 3)` or, as NumPy's broadcasting errors write it, `(2,3)`. */
export const tuple = (shape: readonly number[], separator = ', '): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(separator)})`;

/** What NumPy would give a dtype that the engine does not have. */
export function unsupportedResult(name: string, from: string, to: string): NumpyError {
  return new NumpyError(
    'NotImplementedError',
    `numpy.${name} of ${from} gives ${to}, which is not supported here; convert with astype(...) first`,
  );
}
