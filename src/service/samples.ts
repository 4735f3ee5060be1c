// Inputs for a function whose parameters have a known dtype and shape: ordinary numbers, and the edges that the signature allows.
import type { AbstractValue, Analysis } from '../core/infer/index.ts';
import type { EdgeCase } from '../core/compare/index.ts';
import type { DType } from '../shared/dtypes.ts';
import type { Dim } from '../shared/findings.ts';

/** An argument of a sampled call. */
export type Sample =
  | { readonly shape: readonly number[]; readonly dtype: string }
  | { readonly value: number | boolean | string | null }
  /** The very array that stands at this place. */
  | { readonly same: number };

export interface SampleCall {
  /** What the arrays hold, or how they lie; all numbers come from one seed. */
  readonly case: 'normal' | EdgeCase;
  readonly arguments: readonly Sample[];
}

const isFloat = (dtype: DType | null): boolean => dtype !== null && dtype.startsWith('float');
const isInteger = (dtype: DType | null): boolean => dtype !== null && dtype.includes('int');
const some =
  (kind: (dtype: DType | null) => boolean) =>
  (values: readonly AbstractValue[]): boolean =>
    values.some(value => value.kind === 'array' && kind(value.dtype));
const anyArray = some(() => true);
const hasSymbol = (values: readonly AbstractValue[]): boolean =>
  values.some(value => value.kind === 'array' && (value.shape?.some(dim => typeof dim !== 'number') ?? false));

/** A size for each symbol, so that equal symbols get equal sizes and different ones do not; what has no name has the first. */
const sizes = [3, 4, 5, 2, 6];

interface CaseRow {
  readonly case: SampleCall['case'];
  /** Whether it says more of these parameters than ordinary numbers do. */
  readonly when: (values: readonly AbstractValue[]) => boolean;
  /** The size of every dimension with a name; each has one of its own where left out. */
  readonly size?: number;
  /** Arrays that can be one array are. */
  readonly aliased?: true;
}

const rows: readonly CaseRow[] = [
  { case: 'normal', when: () => true },
  { case: 'zeros', when: anyArray },
  { case: 'signed-zeros', when: some(isFloat) },
  { case: 'nan', when: some(isFloat) },
  { case: 'infinite', when: some(isFloat) },
  { case: 'repeated', when: some(isInteger) },
  { case: 'negative', when: some(isInteger) },
  { case: 'largest', when: some(isInteger) },
  { case: 'empty', when: hasSymbol, size: 0 },
  { case: 'one', when: hasSymbol, size: 1 },
  { case: 'strided', when: anyArray },
  { case: 'aliased', when: values => values.some((value, at) => sameAs(values, value, at) >= 0), aliased: true },
];

/** The first parameter whose array could also be passed for the one at `at`; −1 where there is none. */
function sameAs(values: readonly AbstractValue[], value: AbstractValue, at: number): number {
  if (value.kind !== 'array') return -1;
  return values.findIndex(
    (other, i) =>
      i < at &&
      other.kind === 'array' &&
      other.dtype === value.dtype &&
      JSON.stringify(other.shape) === JSON.stringify(value.shape),
  );
}

/** Calls of `name`; none where a parameter is not known well enough. */
export function samplesOf(analysis: Analysis, name: string): readonly SampleCall[] {
  const info = analysis.functions.find(item => item.name === name);
  const bindings = analysis.scopes.find(scope => scope.node === info?.node)?.bindings;
  if (!info || !bindings) return [];
  const values = info.parameters.flatMap(parameter => {
    const node = bindings.get(parameter)?.definitions[0];
    return node ? [analysis.valueOf(node)] : [];
  });
  if (values.length === 0 || values.length !== info.parameters.length) return [];
  return rows
    .filter(row => row.when(values))
    .flatMap(row => {
      const list = argumentsOf(values, row);
      return list ? [{ case: row.case, arguments: list }] : [];
    });
}

function argumentsOf(values: readonly AbstractValue[], { size, aliased }: CaseRow): readonly Sample[] | null {
  const symbols = new Map<Dim, number>([[null, size ?? 3]]);
  const sizeOf = (symbol: Dim): number => {
    if (typeof symbol === 'number') return symbol;
    const known = symbols.get(symbol) ?? size ?? sizes[(symbols.size - 1) % sizes.length] ?? 3;
    symbols.set(symbol, known);
    return known;
  };
  const list = values.map((value, at) => {
    const same = aliased ? sameAs(values, value, at) : -1;
    return same >= 0 ? { same } : sample(value, sizeOf);
  });
  return list.every(item => item !== null) ? list : null;
}

function sample(value: AbstractValue, sizeOf: (symbol: Dim) => number): Sample | null {
  switch (value.kind) {
    case 'array':
      return value.dtype === null || value.shape === null
        ? null
        : { shape: value.shape.map(sizeOf), dtype: value.dtype };
    case 'int':
      return { value: value.value ?? 2 };
    case 'float':
      return { value: value.value ?? 0.5 };
    case 'bool':
      return { value: value.value ?? true };
    default:
      return null;
  }
}
