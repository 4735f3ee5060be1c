// Use case: the gradient of one function. A NumPy function is lifted first.
import { dirname, resolve } from 'node:path';
import { convert as convertProgram } from '../core/convert/index.ts';
import type { Blocked } from '../shared/findings.ts';
import type { Range } from '../shared/positions.ts';
import type { GradientResult, RunResult, TraceGraph } from '../shared/trace.ts';
import { KernelError, type Kernel } from '../kernel/index.ts';
import { applyEdits } from '../core/syntax/index.ts';
import { openDocument, plainText, programPath } from './analysis.ts';
import { keptLines, needed } from '../core/outline/keep.ts';
import { statementsOf } from '../core/outline/flow.ts';
import { placesBefore } from './placesBefore.ts';
import { run } from './run.ts';
import { samplesOf } from './samples.ts';

/** Numbers and nested lists; NaN and infinities are text. */
export type Nested = number | string | boolean | null | readonly Nested[];
export interface GradOptions {
  /** The point: a JSON object of arguments. As text, since only Python keeps `2.0` apart from `2`. */
  readonly at?: string;
  readonly wrt?: readonly string[];
  readonly check?: boolean;
  /** Also give the graph of the function and of its gradient. */
  readonly trace?: boolean;
  readonly kernel?: Kernel;
  readonly signal?: AbortSignal;
  /** Seconds. */
  readonly timeout?: number;
}

export interface Grad {
  /** The point. */
  readonly at: Readonly<Record<string, Nested>>;
  readonly value: Nested;
  /** True where the result is not a scalar: the gradient is that of its sum. */
  readonly summed: boolean;
  readonly gradients: readonly (Omit<GradientResult, 'value'> & { readonly value: Nested })[];
  readonly check: { readonly maxRel: number } | null;
  /** With `trace`: what ran, at the places of the text before it was lifted. */
  readonly run?: Pick<RunResult, 'graph' | 'device' | 'ms'>;
  /** With `trace`: the function came from NumPy. */
  readonly lifted?: boolean;
}

/** Why there is no gradient: the reason, and the place where there is one. */
export interface NoGrad {
  readonly reason: string;
  readonly blocked: readonly Blocked[];
  /** A point would help: the shapes of the arguments are not known. */
  readonly needsPoint?: boolean;
}

/** What `tensorlift.gradient` says where there is no gradient. */
type Refusal = Pick<NoGrad, 'reason' | 'needsPoint'>;

export async function grad(
  text: string,
  path: string,
  name: string,
  options: GradOptions = {},
): Promise<Grad | NoGrad> {
  const program = programPath(path);
  const document = await openDocument(text, path);
  const { analysis } = document;
  const functions = analysis.functions.filter(({ node }) => node.above(...enclosing) === null);
  const info = functions.find(item => item.name === name);
  if (!info) {
    const names = functions.map(item => item.name).filter(item => item !== '<lambda>');
    return refusal(`The file has no function ${name}${names.length ? `; it has ${names.join(', ')}` : ''}.`);
  }
  const point = options.at === undefined ? null : readPoint(options.at);
  const stranger = [...(point?.keys() ?? []), ...(options.wrt ?? [])].find(key => !info.parameters.includes(key));
  if (stranger !== undefined)
    return refusal(`${name} has no argument ${stranger}; its arguments are ${info.parameters.join(', ') || 'none'}.`);
  const whole = plainText(document);
  // At a point the function is understood by its call there, and only what it needs of the program runs.
  const statements = statementsOf(analysis);
  const original = point ? keptLines(whole.split('\n'), statements, needed(statements, name)).join('\n') : whole;
  const understood = point ? await openDocument(`${original}\n${callAt(name, point)}`, program) : document;
  const conversion = convertProgram(understood.analysis, { dtypes: 'faithful', level: 'review' });
  const last = original.split('\n').length;
  const edits = conversion.edits.filter(({ range }) => point === null || range.start.line < last);
  const unit = conversion.units.find(item => item.name === name);
  const samples = point ? [] : samplesOf(analysis, name);
  if (unit && (unit.status === 'blocked' || unit.status === 'partial')) {
    // What stands in the way may only be that nothing is known of the arguments.
    const unknown = !point && info.calls === 0 && unit.blocked.every(({ rule }) => rule === 'TL901');
    if (unknown) return { ...refusal(`The file never calls ${name}: give it a point.`), needsPoint: true };
    return { reason: `${name} could not be lifted to TensorFlow.`, blocked: unit.blocked };
  }
  const request = {
    filename: program,
    original,
    converted: applyEdits(original, edits),
    function: name,
    returns: unit?.returns ?? [],
    at: options.at ?? null,
    wrt: options.wrt ?? null,
    samples,
    check: options.check ?? false,
  };
  const source = `from tensorlift.gradient import main\nmain(${JSON.stringify(JSON.stringify(request))})\n`;
  const { kernel, signal, timeout = 120, trace = false } = options;
  const outcome = await run({
    // A name of the interpreter's own: its frames are none of the user's.
    path: '<frozen gradient>',
    folder: dirname(resolve(program)),
    source,
    timeout,
    trace,
    ...(kernel ? { kernel } : {}),
    ...(signal ? { signal } : {}),
  });
  if (outcome.error)
    throw new KernelError(
      `The gradient failed: ${outcome.error.type}: ${outcome.error.message}`,
      outcome.error.traceback,
    );
  if (outcome.status !== 'ok') throw new KernelError(`The gradient ended early (${outcome.status}).`);
  const answer = JSON.parse(outcome.stdout.trimEnd().split('\n').at(-1) ?? '{}') as Grad | Refusal;
  if ('reason' in answer)
    return { reason: answer.reason, blocked: [], ...(answer.needsPoint ? { needsPoint: true } : {}) };
  if (!trace) return answer;
  const before = placesBefore(original, edits);
  const inputs = new Set(Object.keys(answer.at));
  const { device, ms } = outcome;
  return {
    ...answer,
    run: { graph: graphBefore(outcome.graph, before, inputs), device, ms },
    lifted: edits.length > 0,
  };
}

/** The graph at the places of the text before it was lifted; the function's arguments are its inputs. */
function graphBefore(
  { nodes, edges }: TraceGraph,
  before: (range: Range) => Range,
  inputs: ReadonlySet<string>,
): TraceGraph {
  const placed = nodes.map(node => ({
    ...node,
    range: node.range && before(node.range),
    ...(node.op === 'const' && inputs.has(node.label) ? { kind: 'input' as const } : {}),
  }));
  return { nodes: placed, edges };
}

/** Where a function stands that is none of the module's own. */
const enclosing = ['function_definition', 'class_definition', 'lambda'] as const;

const refusal = (reason: string): NoGrad => ({ reason, blocked: [] });

/** The arguments of a point, as Python; null where it is no JSON object. Numbers are kept as they are written: 2.0 is a float. */
function readPoint(at: string): ReadonlyMap<string, string> | null {
  const marked = at.replace(/("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)/g, (_, text, number) =>
    typeof text === 'string' ? text : JSON.stringify({ number }),
  );
  // A point of integers alone means floats: nothing else could be differentiated.
  const integers = !/"number":"[^"]*[.eE]|"float|NaN|Infinity/.test(marked);
  const python = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
    if (typeof value === 'object' && value !== null && 'number' in value)
      return integers ? `${String(value.number)}.0` : String(value.number);
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    return value === null ? 'None' : `float(${JSON.stringify(value)})`;
  };
  const argument = (value: unknown): string => {
    if (Array.isArray(value)) return `numpy.array(${python(value)})`;
    if (typeof value === 'object' && value !== null && 'data' in value)
      return `numpy.array(${python(value.data)}${'dtype' in value && !integers ? `, dtype=${JSON.stringify(value.dtype)}` : ''})`;
    return python(value);
  };
  try {
    const point: unknown = JSON.parse(marked);
    if (typeof point !== 'object' || point === null || Array.isArray(point)) return null;
    return new Map(Object.entries(point).map(([key, value]) => [key, argument(value)]));
  } catch {
    return null;
  }
}

/** A call at the point, to be understood behind the program. Its import is its own: those of the program are rewritten. */
const callAt = (name: string, point: ReadonlyMap<string, string>): string =>
  `def at_point():
    import numpy
    ${name}(${[...point].map(([key, value]) => `${key}=${value}`).join(', ')})
at_point()
`;
