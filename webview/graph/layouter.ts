// Where a layout is made: of a small graph at once, of a large one in a worker, so that the page goes on. Where the page's policy
// has no worker, on the page.
import { layout, type Layout, type LayoutOptions } from './layout.ts';
import type { GraphModel } from './model.ts';
import { buffersOf, packGraph, unpackLayout } from './packed.ts';
import type { FromLayoutWorker, ToLayoutWorker } from './worker.ts';
import source from './worker.ts?source';

/** From so many nodes on the way to the worker and back costs less than the layout: about 30 ms. */
export const workerFrom = 2000;

interface Task {
  readonly model: GraphModel;
  readonly options: LayoutOptions;
  done(layout: Layout): void;
}

/** One for the page, with one graph: that of the run on show. Null before the first, and where there can be none. */
let worker: Worker | null = null;
let possible = true;
let held: GraphModel | null = null;
let running: Task | null = null;
let next: Task | null = null;

/** Lays a graph out; `done` comes before this returns for a small one. A task that another one overtakes is dropped. */
export function layOut(model: GraphModel, options: LayoutOptions, done: (layout: Layout) => void): void {
  if (model.graph.nodes.length < workerFrom) return done(layout(model, options));
  next = { model, options: { ...options, closed: new Set(options.closed) }, done };
  if (!running) start();
}

function start(): void {
  [running, next] = [next, null];
  if (!running) return;
  const there = workerFor(running.model);
  if (there) return there.postMessage({ type: 'layout', options: running.options } satisfies ToLayoutWorker);
  // A turn of the page lies between, as with a worker: callers see one behaviour.
  setTimeout(() => running && finish(layout(running.model, running.options)), 0);
}

function finish(made: Layout): void {
  const task = running;
  running = null;
  if (next) start();
  else task?.done(made);
}

function workerFor(model: GraphModel): Worker | null {
  if (!possible) return null;
  try {
    worker ??= create();
    if (held !== model) {
      const graph = packGraph(model.graph);
      worker.postMessage({ type: 'graph', graph } satisfies ToLayoutWorker, buffersOf(graph));
      held = model;
    }
  } catch {
    possible = false;
  }
  return possible ? worker : null;
}

function create(): Worker {
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const made = new Worker(address);
  made.addEventListener('message', ({ data }: MessageEvent<FromLayoutWorker>) => {
    URL.revokeObjectURL(address);
    if (running) finish(unpackLayout(data, running.model));
  });
  // The policy forbids it, or it failed: the page does it itself.
  made.addEventListener('error', event => {
    event.preventDefault();
    possible = false;
    made.terminate();
    if (running) finish(layout(running.model, running.options));
  });
  return made;
}
