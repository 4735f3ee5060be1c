/**
 * The tensor runtime from TypeScript: NumPy's functions over arrays in WebAssembly memory, gradients and compiled
 * functions. Nothing has to be installed or awaited.
 *
 * ```ts
 * const a = np.array([[1, 2], [3, 4]]);
 * np.matmul(a, a).tolist(); // [[7, 10], [15, 22]]
 *
 * const loss = (w: Tensor) => np.mean(np.square(np.subtract(np.matmul(a, w), [1, 0])));
 * grad(loss)([0.5, 0.5]).tolist(); // [11, 15]
 *
 * const step = jit((w: Tensor) => np.subtract(w, np.multiply(0.1, grad(loss)(w))));
 * const w = scope(() => {
 *   let w = np.array([0.5, 0.5]);
 *   for (let i = 0; i < 3; i++) w = step(w);
 *   return w; // everything else that was made here is freed
 * });
 * ```
 *
 * JavaScript numbers become float64, bigints int64, booleans bool; a scalar beside an array takes on the array's dtype,
 * as in NumPy. Errors are NumPy's.
 */
export { np, type ReduceOptions } from './api/np.ts';
export {
  memoryInUse,
  scope,
  Tensor,
  type ArrayLike,
  type Nested,
  type Scalar,
  type TypedValues,
} from './api/tensor.ts';
export { grad, jit, valueAndGrad, type ArrayFunction, type GradOptions } from './api/transforms.ts';
