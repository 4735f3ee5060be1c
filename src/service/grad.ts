// Use case: the gradient of one function. A NumPy function is lifted first.
import { dirname, resolve } from 'node:path';
import { convert as convertProgram } from '../core/convert/index.ts';
import type { Blocked } from '../shared/findings.ts';
import type { Range } from '../shared/positions.ts';
import type { GradientResult, RunResult, TraceGraph } from '../shared/trace.ts';
import { KernelError, type Kernel } from '../kernel/index.ts';
import { applyEdits } from '../core/syntax/index.ts';
import { openDocument, plainText, programPath } from './analysis.ts';
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
  /** With `trace`: a point would help, the shapes of the arguments are not known. */
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
  const document = await openDocument(text, path);
  const { analysis, notebook } = document;
  const original = plainText(document);
  if (!analysis.functions.some(item => item.name === name)) {
    const names = analysis.functions.map(item => item.name);
    return {
      reason: `The file has no function ${name}${names.length ? `; it has ${names.join(', ')}` : ''}.`,
      blocked: [],
    };
  }
  // A function that the file never calls is understood by a call at the point, behind the program.
  const uncalled = analysis.functions.some(item => item.name === name && item.calls === 0);
  const call = uncalled && !notebook && options.at !== undefined ? callAt(name, options.at) : null;
  const known = call === null ? analysis : (await openDocument(`${original}\n${call}`, path)).analysis;
  const conversion = convertProgram(known, { dtypes: 'faithful', level: 'review' });
  const last = original.split('\n').length;
  const edits = conversion.edits.filter(({ range }) => call === null || range.start.line < last);
  const unit = conversion.units.find(item => item.name === name);
  const samples = samplesOf(analysis, name);
  if (unit && (unit.status === 'blocked' || unit.status === 'partial')) {
    // What stands in the way may only be that nothing is known of the arguments.
    const needsPoint = options.trace && uncalled && options.at === undefined && samples.length === 0;
    const reason = `${name} could not be lifted to TensorFlow.`;
    return { reason, blocked: unit.blocked, ...(needsPoint ? { needsPoint } : {}) };
  }
  const program = programPath(path);
  const request = {
    filename: program,
    original,
    converted: notebook || call !== null ? applyEdits(original, edits) : conversion.source,
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
    return { reason: answer.reason, blocked: [], ...(trace && answer.needsPoint ? { needsPoint: true } : {}) };
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

/** A call of the function at a point, as Python; null where the point is no JSON object. */
function callAt(name: string, at: string): string | null {
  // Numbers are kept as they are written: 2.0 is a float.
  const marked = at.replace(/("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)/g, (_, text, number) =>
    typeof text === 'string' ? text : JSON.stringify({ number }),
  );
  const python = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
    if (typeof value === 'object' && value !== null && 'number' in value) return String(value.number);
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    return value === null ? 'None' : `float(${JSON.stringify(value)})`;
  };
  const argument = (value: unknown): string => {
    if (Array.isArray(value)) return `numpy.array(${python(value)})`;
    if (typeof value === 'object' && value !== null && 'data' in value)
      return `numpy.array(${python(value.data)}${'dtype' in value ? `, dtype=${JSON.stringify(value.dtype)}` : ''})`;
    return python(value);
  };
  try {
    const point: unknown = JSON.parse(marked);
    if (typeof point !== 'object' || point === null || Array.isArray(point)) return null;
    const given = Object.entries(point).map(([key, value]) => `${key}=${argument(value)}`);
    return `import numpy\n${name}(${given.join(', ')})\n`;
  } catch {
    return null;
  }
}
