// Runs two programs side by side, in the kernel or on a Python of the user, and brings back how they differ.
import { spawn } from 'node:child_process';
import type { Comparison } from '../core/compare/index.ts';
import type { Kernel } from '../kernel/index.ts';
import { assetPath, KernelError } from '../kernel/index.ts';
import { run } from './run.ts';
import type { SampleCall } from './samples.ts';

export interface FunctionPair {
  readonly name: string;
  /** What the converted function returns, in order: names of arguments that the original changes, "return" for its own value. */
  readonly returns: readonly string[];
  /** Calls beside those that the file itself makes. */
  readonly samples: readonly SampleCall[];
}

/** A statement that is watched: first and last line on both sides, counted from 1. */
export interface StatementPair {
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
  /** False: the converted function returns something else on purpose. */
  readonly returns: boolean;
}

export interface CompareRequest {
  /** Absolute path; modules and data beside it can be read. */
  readonly filename: string;
  readonly original: string;
  readonly converted: string;
  readonly functions: readonly FunctionPair[];
  readonly statements?: readonly StatementPair[];
  /** Calls of the last run, as `Kernel.calls` gives them. */
  readonly last?: string;
  /** False: a conversion to float32 may change dtypes. */
  readonly strict: boolean;
}

export interface CompareOptions {
  /** Interpreter with NumPy and TensorFlow; the bundled runtime where left out. */
  readonly python?: string;
  readonly kernel?: Kernel;
  readonly signal?: AbortSignal;
  /** Seconds. */
  readonly timeout?: number;
}

/** Throws `KernelError` where neither program could be judged: no interpreter, no NumPy in it, out of time. */
export async function compare(request: CompareRequest, options: CompareOptions = {}): Promise<Comparison> {
  const text =
    options.python === undefined ? await inKernel(request, options) : await inPython(options.python, request, options);
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(last) as Comparison;
  } catch {
    throw new KernelError('The comparison gave no answer.', last.slice(0, 400));
  }
}

async function inKernel(request: CompareRequest, { kernel, signal, timeout = 120 }: CompareOptions): Promise<string> {
  // A JSON text is a valid Python string literal when it is quoted as JSON once more.
  const source = `import json\nfrom tensorlift.verify import verify\nprint(json.dumps(verify(json.loads(${JSON.stringify(JSON.stringify(request))}))))\n`;
  const outcome = await run({
    path: request.filename,
    source,
    timeout,
    ...(kernel ? { kernel } : {}),
    ...(signal ? { signal } : {}),
  });
  if (outcome.error)
    throw new KernelError(
      `The comparison failed: ${outcome.error.type}: ${outcome.error.message}`,
      outcome.error.traceback,
    );
  if (outcome.status !== 'ok') throw new KernelError(`The comparison ended early (${outcome.status}).`);
  return outcome.stdout;
}

function inPython(python: string, request: CompareRequest, { signal, timeout = 300 }: CompareOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [assetPath('kernel/judge')], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', TF_ENABLE_ONEDNN_OPTS: '0', PYTHONIOENCODING: 'utf-8' },
      timeout: timeout * 1000,
      ...(signal ? { signal } : {}),
    });
    let [out, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', error => reject(new KernelError(`${python} could not be run: ${error.message}`)));
    child.on('close', code =>
      code === 0
        ? resolve(out)
        : reject(
            new KernelError(`${python} ended with code ${code}: ${errors.trim().split('\n').at(-1) ?? ''}`, errors),
          ),
    );
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify(request));
  });
}
