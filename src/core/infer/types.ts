// What the analysis knows: abstract values, scopes and bindings, aliases and in-place changes. Every claim holds for all
// runs of the file's own code; where that can't be shown, the value is `unknown` (or a dtype, rank or dimension is null).
import type { DType } from '../../shared/dtypes.ts';
import type { Dim } from '../../shared/findings.ts';
import type { Program, SyntaxNode } from '../syntax/index.ts';

/** Rank and dimensions; null is an unknown rank. Equal symbols are equal sizes. */
export type Shape = readonly Dim[] | null;

/** Places where array memory may have been allocated (or come in from outside). Two values may alias when these meet. */
export type Storages = ReadonlySet<number>;

/**
 * A NumPy array. With an unknown rank (`shape: null`) it may also be a NumPy scalar. `dtype: null` is unknown, or one that
 * the product does not cover (complex, strings, objects, …).
 */
export interface ArrayValue {
  readonly kind: 'array';
  readonly dtype: DType | null;
  readonly shape: Shape;
  readonly storages: Storages;
}
/** A TensorFlow tensor or variable. */
export interface TensorValue {
  readonly kind: 'tensor';
  readonly dtype: DType | null;
  readonly shape: Shape;
  readonly variable: boolean;
  readonly storages: Storages;
}
/** A NumPy scalar (`np.float64(1)`, `x[0]`, `x.sum()`): strong in promotion. */
export interface ScalarValue {
  readonly kind: 'scalar';
  readonly dtype: DType | null;
}
export interface IntValue {
  readonly kind: 'int';
  readonly value: number | null;
  /** The name of an unknown value, as it stands in shapes: `n`, `n-1`. */
  readonly symbol: string | null;
}
export interface FloatValue {
  readonly kind: 'float';
  readonly value: number | null;
}
export interface BoolValue {
  readonly kind: 'bool';
  readonly value: boolean | null;
}
export interface StrValue {
  readonly kind: 'str';
  readonly value: string | null;
}
export interface NoneValue {
  readonly kind: 'none';
}
export interface EllipsisValue {
  readonly kind: 'ellipsis';
}
/**
 * A sequence. `items` where the elements are known one by one; else `element`, which covers all of them (null: there is
 * none). A list is a snapshot of the object `ref` at the node where it was looked at.
 */
export interface SequenceValue {
  readonly kind: 'tuple' | 'list';
  readonly items: readonly AbstractValue[] | null;
  readonly element: AbstractValue | null;
  readonly length: Dim;
  readonly ref: number | null;
}
export interface DictValue {
  readonly kind: 'dict';
  readonly ref: number;
}
/** A range or another iterable of which the elements and perhaps the count are known. */
export interface IterableValue {
  readonly kind: 'iterable';
  readonly element: AbstractValue | null;
  readonly length: Dim;
  readonly type: 'range' | 'enumerate' | 'zip' | 'other';
  /** Tuples of known items, for short `zip` and `enumerate`. */
  readonly items: readonly AbstractValue[] | null;
}
export interface SliceValue {
  readonly kind: 'slice';
  readonly start: AbstractValue;
  readonly stop: AbstractValue;
  readonly step: AbstractValue;
}
export interface DTypeValue {
  readonly kind: 'dtype';
  readonly dtype: DType | null;
}
/** A module: `numpy`, `numpy.linalg`, `tensorflow`, `math`. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly name: string;
}
/** A function, class or constant of a library, by its canonical name: `numpy.sum`, `tensorflow.matmul`, `builtins.len`. */
export interface ApiValue {
  readonly kind: 'api';
  readonly name: string;
}
/** A method taken from a receiver: `ndarray.mean`, `tensor.numpy`, `list.append`. */
export interface BoundValue {
  readonly kind: 'bound';
  readonly name: string;
  readonly receiver: AbstractValue;
}
/** A function or lambda of the file. */
export interface FunctionValue {
  readonly kind: 'function';
  readonly node: SyntaxNode;
  /** The frame in which it was defined. */
  readonly frame: number;
  /** The object of a method that was taken from it. */
  readonly self: AbstractValue | null;
  /** Decorators that are known: `tensorflow.function`. */
  readonly decorators: readonly string[];
}
export interface ClassValue {
  readonly kind: 'class';
  readonly node: SyntaxNode;
  readonly ref: number;
}
/** An object of a class of the file. */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly type: ClassValue;
  readonly ref: number;
}
/** An object of a library's class: `numpy.random.Generator`, `tensorflow.GradientTape`. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly type: string;
}
export interface UnknownValue {
  readonly kind: 'unknown';
  /** The name by which an unknown parameter stands in shapes. */
  readonly symbol: string | null;
  readonly storages: Storages;
}
/** One of a few values of different kinds (`0` or a NumPy scalar, None or an array). `valueOf` never returns it. */
export interface UnionValue {
  readonly kind: 'union';
  readonly options: readonly AbstractValue[];
}
export type AbstractValue =
  | ArrayValue
  | TensorValue
  | ScalarValue
  | IntValue
  | FloatValue
  | BoolValue
  | StrValue
  | NoneValue
  | EllipsisValue
  | SequenceValue
  | DictValue
  | IterableValue
  | SliceValue
  | DTypeValue
  | ModuleValue
  | ApiValue
  | BoundValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | ObjectValue
  | UnionValue
  | UnknownValue;

/** A lexical scope: the module, a function, a class or a comprehension. */
export interface Scope {
  readonly node: SyntaxNode;
  readonly kind: 'module' | 'function' | 'class' | 'comprehension';
  readonly name: string;
  readonly parent: Scope | null;
  readonly bindings: ReadonlyMap<string, Binding>;
}
/** A name of a scope, with every place where it is bound and read. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  readonly kind: 'variable' | 'parameter' | 'import' | 'function' | 'class';
  /** Identifier nodes that bind the name: targets, parameters, imports, `def` and `class` names, `for` and `with` targets. */
  readonly definitions: readonly SyntaxNode[];
  /** Identifier nodes that read it, from this scope and from inner ones (augmented targets are in both lists). */
  readonly uses: readonly SyntaxNode[];
}

export interface Aliases {
  /** Other names that may share memory with this one, at this place. */
  readonly names: readonly Binding[];
  /** The memory may belong to a caller: it came in through a parameter, a global or something unknown. */
  readonly external: boolean;
  /** It was put into a container or an attribute, captured by a function, or handed to code that is not known. */
  readonly escapes: boolean;
  /** The value at this place may be a view of another array (a slice, a reshape, a transpose). */
  readonly view: boolean;
}

/** A change in place. */
export interface Mutation {
  /** The statement or call. */
  readonly node: SyntaxNode;
  /** The expression whose memory is written: `x` in `x[i] = v`, in `x += 1`, in `x.sort()`, in `out=x`. */
  readonly target: SyntaxNode;
  readonly how: 'subscript' | 'augmented' | 'out' | 'method' | 'attribute' | 'append';
  readonly storages: Storages;
}

/** A function or lambda of the file, and what its calls do. */
export interface FunctionInfo {
  readonly node: SyntaxNode;
  readonly name: string;
  readonly parameters: readonly string[];
  /** Calls of it in the file that were followed; 0: the parameters were taken as unknown. */
  readonly calls: number;
  /** Parameters whose arrays are changed in place, in the order of the parameters. */
  readonly mutates: readonly string[];
  readonly returns: AbstractValue;
  /** Canonical names of its decorators that are known: `tensorflow.function`. */
  readonly decorators: readonly string[];
}

/** A name that got a value: what inlay hints show. */
export interface Assignment {
  readonly node: SyntaxNode;
  readonly name: string;
  readonly value: AbstractValue;
}

export interface Analysis {
  readonly program: Program;
  /** The value of an expression, a target or a parameter name; `unknown` where nothing is known or the node never runs. */
  valueOf(node: SyntaxNode): AbstractValue;
  /** The same, with the alternatives of a name that holds now a number, now an array (`union`). */
  alternativesOf(node: SyntaxNode): AbstractValue;
  /**
   * The canonical name of what an expression (or, for a call, its function) refers to: `numpy.sum`, `numpy.linalg.norm`,
   * `ndarray.mean`, `tensorflow.matmul`, `builtins.len`; null where it is not known. Aliases come out under the name of
   * their row (`np.absolute` is `numpy.abs`).
   */
  resolve(node: SyntaxNode): string | null;
  readonly scopes: readonly Scope[];
  scopeOf(node: SyntaxNode): Scope;
  /** What an identifier refers to; null for builtins and names that are nowhere bound. */
  bindingOf(node: SyntaxNode): Binding | null;
  /** Who else may see the memory of the array that an expression holds. */
  aliasesOf(node: SyntaxNode): Aliases;
  readonly mutations: readonly Mutation[];
  readonly functions: readonly FunctionInfo[];
  functionOf(node: SyntaxNode): FunctionInfo | null;
  /** Bindings of names in the order of the text. */
  readonly assignments: readonly Assignment[];
}
