// Kernels to WebAssembly: one module for any number of loop kernels, with the functions that they call.
import type { DType } from '../../../src/shared/dtypes.ts';
import type { ScalarFunction, ScalarOp } from '../../ir/scalar.ts';
import { largestAngle, mathFunction } from '../../math/index.ts';
import type { LoopKernel } from '../../schedule/kernel.ts';
import { ModuleBuilder, type FunctionRef } from './binary.ts';
import { builtin, hostFunctions } from './builtins.ts';
import { emitLoopKernel } from './loops.ts';
import { extractLane, registerOf, scalarCodes, vectorCodes } from './opcodes.ts';
import { emitSteps, lanesOf, type Lanes, type Library } from './steps.ts';

/** The functions of one module: each is emitted at its first call. */
export class ModuleLibrary implements Library {
  readonly #module: ModuleBuilder;
  readonly #made = new Map<string, FunctionRef | null>();

  constructor(module: ModuleBuilder) {
    this.#module = module;
  }

  call(op: ScalarOp, dtype: DType, lanes: Lanes): FunctionRef | null {
    const key = `${op}:${dtype}:${lanes}`;
    let found = this.#made.get(key);
    if (found === undefined) {
      found = this.#make(op, dtype, lanes);
      this.#made.set(key, found);
    }
    return found;
  }

  #make(op: ScalarOp, dtype: DType, lanes: Lanes): FunctionRef | null {
    const written = mathFunction(op, dtype);
    if (written) {
      const f = this.#emit(written, lanes);
      return f && (op === 'sin' || op === 'cos') ? this.#guarded(op, dtype, lanes, f) : f;
    }
    return lanes === 1 ? builtin(this.#module, op, dtype) : null;
  }

  /** sin and cos: angles too large for the quick reduction take the slower way, one by one. */
  #guarded(op: 'sin' | 'cos', dtype: DType, lanes: Lanes, quick: FunctionRef): FunctionRef {
    const type = registerOf[dtype] === 'f32' ? 'f32' : 'f64';
    const limit = largestAngle(dtype);
    if (lanes === 1) {
      // float32 goes by way of float64, which is good for all its angles but the largest.
      const other = type === 'f32' ? this.call(op, 'float64', 1) : this.#module.import(op, ['f64'], ['f64']);
      const f = this.#module.func([type], [type]);
      if (!other) return quick;
      f.get(0).op(scalarCodes[type].abs ?? 0);
      (type === 'f32' ? f.f32(limit) : f.f64(limit)).op(scalarCodes[type].gt ?? 0);
      f.if(() => {
        if (type === 'f32') f.get(0).op(0xbb).call(other).op(0xb6).return();
        else f.get(0).call(other).return();
      });
      f.get(0).call(quick);
      return f;
    }
    const single = this.call(op, dtype, 1);
    const f = this.#module.func(['v128'], ['v128']);
    if (!single) return quick;
    f.get(0).simd(vectorCodes[type].abs ?? 0);
    f.splatConst(type, limit)
      .simd(vectorCodes[type].gt ?? 0)
      .simd(83);
    f.if(() => {
      for (let lane = 0; lane < lanes; lane++) {
        f.get(0).get(0).simd(extractLane[type], lane).call(single);
        f.simd(type === 'f32' ? 32 : 34, lane).set(0);
      }
      f.get(0).return();
    });
    f.get(0).call(quick);
    return f;
  }

  #emit({ params, steps, result }: ScalarFunction, lanes: Lanes): FunctionRef | null {
    if (lanes > 1 && lanesOf(steps, this) !== lanes) return null;
    const type = (dtype: DType) => (lanes > 1 ? 'v128' : registerOf[dtype]);
    const returned = steps[result]?.dtype ?? 'float64';
    const f = this.#module.func(params.map(type), [type(returned)]);
    const values: (number | undefined)[] = [];
    const none = () => {
      throw new RangeError('a maths function reads its arguments only');
    };
    const surroundings = { f, library: this, lanes, ahead: 0, innerLoop: -1, argument: (index: number) => index };
    emitSteps(
      { ...surroundings, address: none, innerStride: () => 0, counter: none, reduced: none, param: none },
      steps,
      values,
    );
    f.get(values[result] ?? 0);
    return f;
  }
}

/** A kernel that is ready to run: (buffer addresses…, parameters…, first, last + 1 of the outermost loop). */
export type KernelFunction = (...args: number[]) => void;

/** Compiles kernels into one module over `memory`; function i belongs to kernel i. */
export function instantiate(kernels: readonly LoopKernel[], memory: WebAssembly.Memory): KernelFunction[] {
  const module = new ModuleBuilder();
  const library = new ModuleLibrary(module);
  kernels.forEach((kernel, i) => emitLoopKernel(module, library, kernel, `k${i}`));
  return load(module, memory).slice(0, kernels.length);
}

/** Instantiates a finished module; its exports in order. */
export function load(module: ModuleBuilder, memory: WebAssembly.Memory): KernelFunction[] {
  const compiled = new WebAssembly.Module(module.finish());
  const { exports } = new WebAssembly.Instance(compiled, { e: { memory, ...hostFunctions } });
  return Object.values(exports) as KernelFunction[];
}
