// Entry of the worker thread that holds the interpreter. It takes one program after the other and answers through messages;
// while Python runs, only the shared memory of channel.ts connects it with the main thread.
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { loadPyodide } from 'pyodide';
import { boot } from './boot.ts';
import { WorkerEnd, frames, pieceBytes } from './channel.ts';
import { becomeBrowser, closeCodeGeneration } from './fence.ts';
import { mountFolder, outermost } from './files.ts';
import type { FileSource, FileStatus } from './files.ts';
import { Gpu } from '../device/gpu.ts';
import type { GpuAnswer } from './gpuMessages.ts';
import { gpuPort } from './gpuPort.ts';
import {
  noAnswer,
  type FileRequest,
  type FromWorker,
  type Question,
  type ToWorker,
  type WorkerSetup,
} from './messages.ts';

const setup = workerData as WorkerSetup;
const post = (message: FromWorker) => parentPort?.postMessage(message);
const channel = new WorkerEnd(setup.shared, () => post({ type: 'output' }));
const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];
const checkInterrupt = () => ready.python.checkInterrupt();

const ask = (request: FileRequest) => channel.request(() => post({ type: 'file', request }), checkInterrupt);
const askJson = <T>(request: FileRequest): T | null => {
  const bytes = ask(request);
  return bytes && (JSON.parse(decoder.decode(bytes)) as T);
};
const files: FileSource = {
  status: path => askJson<FileStatus>({ ask: 'status', path }),
  list: path => askJson<string[]>({ ask: 'list', path }),
  read(path) {
    const pieces: Uint8Array[] = [];
    for (let offset = 0; ; offset += pieceBytes) {
      const piece = ask({ ask: 'read', path, offset });
      if (!piece) return null;
      pieces.push(piece);
      if (piece.length < pieceBytes) break;
    }
    const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  },
};

const standardLibrary = `${setup.assets}python_stdlib.zip`;
becomeBrowser(setup.assets, url =>
  url === standardLibrary ? setup.standardLibrary : new Uint8Array(readFileSync(new URL(url))),
);
// The main thread compiled the module once for all interpreters of this process.
WebAssembly.instantiateStreaming = async (_source, imports) => ({
  module: setup.module,
  instance: await WebAssembly.instantiate(setup.module, imports),
});
const pyodide = (await import(`${setup.assets}pyodide.mjs`)) as { loadPyodide: typeof loadPyodide };

const port = gpuPort(request => {
  // Not interrupted: an answer that came late would be taken for that of the next question.
  const answer = channel.request(
    () => post({ type: 'gpu', request }),
    () => undefined,
  );
  return JSON.parse(decoder.decode(answer ?? encoder.encode('{"kind":"failed","message":"no answer"}'))) as GpuAnswer;
});
const gpu = new Gpu(port);

const refresh: (() => void)[] = [];
const ready = await boot({
  loadPyodide: pyodide.loadPyodide,
  indexURL: setup.assets,
  stdLibURL: standardLibrary,
  interrupt: channel.interrupt,
  environment: setup.environment,
  ...(setup.memoryLimit === undefined ? {} : { memoryLimit: setup.memoryLimit }),
  installPackages(fs) {
    fs.mkdirTree('/lib');
    fs.writeFile('/lib/packages.zip', setup.packages);
    return '/lib/packages.zip';
  },
  installFiles: fs => outermost(setup.roots).forEach(root => refresh.push(mountFolder(fs, files, root))),
  write: (stream, bytes) => channel.write(stream === 1 ? frames.stdout : frames.stderr, bytes),
  readLine() {
    const line = channel.request(() => post({ type: 'input' }), checkInterrupt);
    return line && decoder.decode(line);
  },
  event: json => channel.write(frames.event, encoder.encode(json)),
  pause: milliseconds => channel.pause(milliseconds),
  running: flag => channel.running(flag),
  fence: closeCodeGeneration,
  gpu,
});

function run(program: Extract<ToWorker, { type: 'run' }>['program']): void {
  try {
    for (const each of refresh) each();
    const runsBefore = gpu.runs;
    gpu.begin(program.device);
    const result = ready.run(program);
    gpu.begin('wasm');
    const { recorder } = ready;
    const [graph, gradients, memory] = [recorder.graph(), recorder.gradients(), ready.memoryBytes()];
    const device = gpu.runs > runsBefore ? { name: gpu.name ?? 'GPU', software: port.software } : null;
    post({ type: 'done', result, graph, gradients, memory, gpu: device });
    recorder.clear();
  } catch (error) {
    channel.running(false);
    post({ type: 'fatal', message: error instanceof Error ? error.message : String(error) });
  }
}

function forget(namespace: string): void {
  try {
    ready.forget(namespace);
  } catch (error) {
    post({ type: 'fatal', message: error instanceof Error ? error.message : String(error) });
  }
}

function answer(question: Question): FromWorker {
  const { type, id } = question;
  try {
    if (type === 'tensors') return { type, id, tensors: ready.tensors(question.namespace) };
    if (type === 'calls') return { type, id, calls: ready.calls(question.namespace) };
    return { type, id, ...ready.slice(question.request) };
  } catch (error) {
    // Whatever stands in a namespace, a look at it must not end the interpreter.
    const problem = error instanceof Error ? error.message : String(error);
    return noAnswer(question, problem);
  }
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'run') run(message.program);
  else if (message.type === 'forget') forget(message.namespace);
  else post(answer(message));
});
post({ type: 'ready' });
