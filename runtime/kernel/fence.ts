// Makes a Node worker look like a browser's before Pyodide loads, so that Pyodide takes its browser branches: no process, no
// shell, no sockets, no file system but its own; and closes code generation from strings. A strong fence, not a security
// boundary: what is not trusted is not run at all.

const nodeOnly = ['process', 'require', 'module', 'Buffer', 'global', 'navigator'];
const network = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];

/** Call before Pyodide is imported. `readAsset` serves Pyodide's own files by their URL. */
export function becomeBrowser(assets: string, readAsset: (url: string) => Uint8Array<ArrayBuffer>): void {
  for (const name of [...nodeOnly, ...network]) {
    if (!Reflect.deleteProperty(globalThis, name)) Object.defineProperty(globalThis, name, { value: undefined });
  }
  class WorkerGlobalScope {
    static [Symbol.hasInstance](value: unknown): boolean {
      return value === globalThis;
    }
  }
  const location = { href: assets, toString: () => assets };
  const fetch = async (request: unknown) => {
    const url = String(request);
    if (!url.startsWith(assets) || url.includes('..')) throw new TypeError('there is no network in this kernel');
    // What Pyodide uses of a Response; Node's own would load its whole HTTP client.
    return { ok: true, status: 200, arrayBuffer: async () => readAsset(url).buffer };
  };
  const globals = { WorkerGlobalScope, self: globalThis, location, fetch };
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, configurable: true });
}

/** Call when everything is loaded: from here on no string becomes code, and nothing can be fetched. */
export function closeCodeGeneration(): void {
  const prototypes = [
    Function.prototype,
    Object.getPrototypeOf(async () => undefined) as object,
    Object.getPrototypeOf(function* () {}) as object,
    Object.getPrototypeOf(async function* () {}) as object,
  ];
  for (const prototype of prototypes) Object.defineProperty(prototype, 'constructor', { value: undefined });
  // `instanceof Function` goes on to work.
  const closed = function () {
    throw new EvalError('strings do not become code in this kernel');
  };
  closed.prototype = Function.prototype;
  Object.defineProperty(globalThis, 'Function', { value: closed });
  for (const name of ['eval', 'fetch', 'importScripts', 'Worker']) Reflect.deleteProperty(globalThis, name);
}
