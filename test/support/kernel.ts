// One interpreter in this process, straight from the sources, for tests that run many snippets:
// `const kernel = await startInProcess(); kernel.run('print(1)').stdout === '1\n'`.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';
import type { Figure } from '../../src/shared/tensors.ts';
import type { GradientResult, LineResult, PythonError, TraceGraph } from '../../src/shared/trace.ts';
import { boot } from '../../runtime/kernel/boot.ts';
import type { Interpreter } from '../../runtime/kernel/boot.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export interface Surroundings {
  readonly stdout?: (text: string) => void;
  readonly stderr?: (text: string) => void;
  /** Lines for input(). */
  readonly input?: readonly string[];
}

export interface Snippet {
  readonly path?: string;
  readonly folder?: string;
  readonly argv?: readonly string[];
  /** False keeps the names of the last run. Default true. */
  readonly fresh?: boolean;
  readonly namespace?: string;
  /** Report a result for each top-level statement; `all`: for those inside, too. */
  readonly lines?: boolean | 'all';
  /** Record the graph and the gradients. */
  readonly trace?: boolean;
  /** Ask for figures. */
  readonly figures?: boolean;
}

export interface SnippetResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly error: PythonError | null;
  readonly lines: readonly LineResult[];
  readonly figures: readonly Figure[];
  readonly graph: TraceGraph;
  readonly gradients: readonly GradientResult[];
}

/** The whole host file system is mounted under the same names, so files of the user just work here. */
function mountHost(
  fs: {
    mkdirTree(path: string): void;
    mount(type: unknown, options: object, path: string): void;
    filesystems: { NODEFS: unknown };
  },
  folder: string,
  at: string,
) {
  fs.mkdirTree(at);
  fs.mount(fs.filesystems.NODEFS, { root: folder }, at);
}

export interface InProcess {
  readonly python: Interpreter['python'];
  run(source: string, snippet?: Snippet): SnippetResult;
  /** Names and slices of what the last snippet left (its namespace is empty text). */
  readonly tensors: Interpreter['tensors'];
  readonly slice: Interpreter['slice'];
  readonly forget: Interpreter['forget'];
}

export async function startInProcess(surroundings: Surroundings = {}): Promise<InProcess> {
  const assets = path.join(root, 'node_modules/pyodide');
  const { version } = JSON.parse(readFileSync(path.join(assets, 'package.json'), 'utf8')) as { version: string };
  const compiled = path.join(root, `.cache/python_stdlib-${version}.zip`);
  const pycache = path.join(root, '.cache/pycache');
  mkdirSync(pycache, { recursive: true });
  const decoders = [new TextDecoder(), new TextDecoder()];
  const input = [...(surroundings.input ?? [])];
  let output = { stdout: '', stderr: '' };
  let events: string[] = [];
  const interpreter = await boot({
    loadPyodide,
    indexURL: assets + path.sep,
    ...(existsSync(compiled) ? { stdLibURL: compiled } : {}),
    environment: { PYTHONPYCACHEPREFIX: '/pycache' },
    installPackages(fs) {
      mountHost(fs, path.join(root, 'runtime/python'), '/lib/packages');
      mountHost(fs, pycache, '/pycache');
      return '/lib/packages';
    },
    installFiles(fs) {
      for (const folder of [process.cwd(), '/tmp']) if (folder !== '/') mountHost(fs, folder, folder);
    },
    write(stream, bytes) {
      const text = (stream === 1 ? decoders[0] : decoders[1])?.decode(bytes, { stream: true }) ?? '';
      if (stream === 1) {
        output.stdout += text;
        surroundings.stdout?.(text);
      } else {
        output.stderr += text;
        surroundings.stderr?.(text);
      }
    },
    readLine: () => input.shift() ?? null,
    event: json => events.push(json),
    pause: milliseconds => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
    running: () => undefined,
  });
  return {
    python: interpreter.python,
    tensors: interpreter.tensors,
    slice: interpreter.slice,
    forget: interpreter.forget,
    run(source, snippet = {}) {
      output = { stdout: '', stderr: '' };
      events = [];
      const { path: file = '/snippet.py', folder = '/home/pyodide', ...rest } = snippet;
      const result = interpreter.run({ source, path: file, folder, ...rest });
      const told = events.map(event => JSON.parse(event) as { line?: LineResult; figure?: Figure });
      return {
        ...output,
        error: result.error,
        lines: told.flatMap(({ line }) => line ?? []),
        figures: told.flatMap(({ figure }) => figure ?? []),
        graph: interpreter.recorder.graph(),
        gradients: interpreter.recorder.gradients(),
      };
    },
  };
}
