// Use case: a file to TensorFlow, each unit with its verdict.
import { functionVerdict, programVerdict, statementRows, type Comparison } from '../core/compare/index.ts';
import { changedStatements, convert as convertProgram, type ChangedStatement } from '../core/convert/index.ts';
import type { Analysis } from '../core/infer/index.ts';
import type { StatementComparison } from '../shared/comparison.ts';
import type { Conversion, ConversionUnit, Level, Verification } from '../shared/findings.ts';
import type { Range } from '../shared/positions.ts';
import { KernelError } from '../kernel/index.ts';
import { applyEdits } from '../core/syntax/index.ts';
import { openDocument, plainText, programPath, type Document } from './analysis.ts';
import { compare, type CompareOptions, type FunctionPair, type StatementPair } from './compare.ts';
import { samplesOf } from './samples.ts';

export interface ConvertOptions extends CompareOptions {
  readonly dtypes?: 'faithful' | 'float32';
  /** Fixes up to this level are applied. */
  readonly level?: Level;
  /** Only this function, or only these lines of the program (the last one left out). */
  readonly function?: string;
  readonly part?: { readonly first: number; readonly end: number };
  readonly verify?: boolean;
  /** Also compare statement by statement. */
  readonly statements?: boolean;
  /** Calls of the functions that a run elsewhere has seen, as `Kernel.calls` gives them. */
  readonly last?: string;
}

export interface Converted extends Conversion {
  /** The verdict on the whole program; null without verification. */
  readonly verification: Verification | null;
  readonly versions: Comparison['versions'] | null;
  /** Where it was asked for and something changed. */
  readonly comparison?: StatementComparison;
  /** The first place that is not Python; what stands around it was converted. */
  readonly broken: Range | null;
}

/** `path` is absolute: the comparison runs as if the texts lay there. */
export async function convert(text: string, path: string, options: ConvertOptions = {}): Promise<Converted> {
  const document = await openDocument(text, path);
  const { program } = document.analysis;
  const conversion = {
    ...convertProgram(document.analysis, {
      dtypes: options.dtypes ?? 'faithful',
      level: options.level ?? 'review',
      ...(options.function === undefined ? {} : { function: options.function }),
      ...(options.part === undefined ? {} : { part: options.part }),
    }),
    broken: program.error ? program.range(program.error) : null,
  };
  const source = document.notebook ? document.notebook.apply(conversion.edits) : conversion.source;
  const unchanged = conversion.units.every(unit => unit.status === 'unchanged' || unit.status === 'blocked');
  if (options.verify === false || unchanged) return { ...conversion, source, verification: null, versions: null };
  return { ...(await verified(document, programPath(path), conversion, options)), source };
}

async function verified(
  document: Document,
  path: string,
  conversion: Conversion & Pick<Converted, 'broken'>,
  options: ConvertOptions,
): Promise<Converted> {
  const by = options.python === undefined ? 'runtime' : 'python';
  const functions = conversion.units
    .filter(unit => unit.kind === 'function' && unit.status === 'converted')
    .map(unit => pairOf(unit, document.analysis));
  const failed = (reason: string): Converted => {
    const verification: Verification = {
      status: 'not-run',
      by,
      inputs: 0,
      maxAbs: 0,
      maxRel: 0,
      gradient: 'not-run',
      reason,
    };
    const units = conversion.units.map(unit => (unit.status === 'unchanged' ? unit : { ...unit, verification }));
    return { ...conversion, units, verification, versions: null, ...withRows(null, verification) };
  };
  const rows = options.statements ? changedStatements(document.analysis.program, conversion) : [];
  const withRows = (comparison: Comparison | null, verdict: Verification): Pick<Converted, 'comparison'> =>
    rows.length > 0 ? { comparison: statementRows(rows, comparison, verdict) } : {};
  const original = plainText(document);
  const converted = document.notebook ? applyEdits(original, conversion.edits) : conversion.source;
  try {
    const request = {
      filename: path,
      original,
      converted,
      functions,
      ...(rows.length > 0 ? { statements: rows.map(linesOf) } : {}),
      ...(options.last === undefined ? {} : { last: options.last }),
      strict: options.dtypes !== 'float32',
    };
    const comparison = await compare(request, options);
    if (comparison.errors[0]?.type === 'SyntaxError')
      return failed(`the original is not Python: ${comparison.errors[0].message}`);
    const whole = programVerdict(comparison, by);
    const units = conversion.units.map(unit =>
      unit.kind !== 'module' && (unit.status === 'unchanged' || unit.status === 'blocked')
        ? unit
        : {
            ...unit,
            verification: verdictOf(unit, comparison, whole, by, notesOf(unit, conversion, document.analysis)),
          },
    );
    const { versions } = comparison;
    return { ...conversion, units, verification: whole, versions, ...withRows(comparison, whole) };
  } catch (error) {
    if (error instanceof KernelError) return failed(error.message);
    throw error;
  }
}

const pairOf = (unit: ConversionUnit, analysis: Analysis): FunctionPair => ({
  name: unit.name,
  returns: unit.returns,
  samples: samplesOf(analysis, unit.name),
});

/** What is watched of a row; a head has no statement of its own. */
function linesOf({ range, afterLines: [first, last], head, returnsMore }: ChangedStatement): StatementPair {
  return {
    before: head ? [0, -1] : [range.start.line + 1, range.end.line + 1],
    after: head ? [0, -1] : [first + 1, last + 1],
    returns: !returnsMore,
  };
}

/** A function has its own inputs; what has none (the module, methods, functions without calls) is judged by the whole program. */
function verdictOf(
  unit: ConversionUnit,
  comparison: Comparison,
  whole: Verification,
  by: Verification['by'],
  notes: readonly string[],
): Verification {
  const compared = comparison.functions.find(item => item.name === unit.name);
  if (unit.kind === 'module') return whole;
  if (compared && whole.status !== 'failed') return functionVerdict(compared, by, notes);
  const { doctests: _ofTheFile, ...verdict } = whole;
  return verdict;
}

/** What the changes inside a function say of themselves. */
function notesOf(unit: ConversionUnit, { changes }: Conversion, { functions, program }: Analysis): readonly string[] {
  const node = functions.find(({ name }) => name === unit.name)?.node;
  const range = node && program.range(node);
  return changes.flatMap(({ note, range: { start } }) =>
    note !== null && range && range.start.line <= start.line && start.line <= range.end.line ? [note] : [],
  );
}
