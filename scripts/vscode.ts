// `npm run vscode`: opens the editor with this extension on the examples: desktop VS Code where `code` is on the PATH, else VS Code in
// the browser on 127.0.0.1, from npm packages. Ctrl+C ends it and leaves nothing behind.
//   -- FOLDER     another folder      --browser   the browser even where `code` is found
//   --open        open the address    --port N    a fixed port
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { onPath } from '../src/kernel/chooseNode.ts';
import { extensionsWithCheckout, serverInstalled, startServer } from '../test/support/codeServer.ts';

const root = path.resolve(import.meta.dirname, '..');
const windows = process.platform === 'win32';
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { browser: { type: 'boolean' }, open: { type: 'boolean' }, port: { type: 'string' } },
});
const examples = path.join(root, 'examples');
const folder = positionals[0] ? path.resolve(positionals[0]) : examples;
if (!existsSync(folder)) fail(`There is no folder ${folder}.`);
const port = values.port === undefined ? undefined : Number(values.port);
if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
  fail(`--port wants a number from 1 to 65535, not ${values.port}.`);

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

/** The desktop's command line. In a terminal of a remote window `code` is another program, which cannot load an extension like this. */
function desktop(): string | null {
  if (process.env.VSCODE_IPC_HOOK_CLI) return null;
  return onPath(windows ? 'code.cmd' : 'code');
}

function openInBrowser(address: string): void {
  const [command, ...words] =
    process.platform === 'darwin' ? ['open'] : windows ? ['cmd', '/c', 'start', '""'] : ['xdg-open'];
  const child = spawn(command ?? '', [...words, windows ? address.replaceAll('&', '^&') : address], {
    stdio: 'ignore',
    detached: true,
  });
  child.on('error', () => console.log('No browser could be opened: open the address yourself.'));
  child.unref();
}

async function inBrowser(): Promise<void> {
  if (!serverInstalled())
    console.log(
      'VS Code for the browser comes from npm, once: about 700 MB in .vscode-test, half a minute on a fast line.',
    );
  const extensions = extensionsWithCheckout();
  const clean = () => rmSync(extensions, { recursive: true, force: true });
  let stopping = false;
  try {
    const server = await startServer({
      driver: false,
      trusted: folder === examples,
      extensions,
      settings: { 'git.openRepositoryInParentFolders': 'never' },
      ...(port === undefined ? {} : { port }),
    });
    const first = path.join(folder, 'heat.py');
    const address = server.address(folder, existsSync(first) ? [['openFile', server.uri(first)]] : []);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (stopping) return;
        stopping = true;
        void server.stop();
      });
    console.log(`\nVS Code with Tensorlift on ${path.relative(process.cwd(), folder) || folder}:\n\n  ${address}\n`);
    console.log('Open the address in a browser on this machine. Ctrl+C here ends it.');
    if (values.open) openInBrowser(address);
    await server.exited;
    await server.stop();
    if (!stopping) {
      console.error(`VS Code's server ended by itself.\n${server.log().slice(-2000)}`);
      process.exitCode = 1;
    }
  } finally {
    clean();
  }
}

if (!existsSync(path.join(root, 'dist/extension.cjs')))
  execFileSync(process.execPath, [path.join(root, 'scripts/build.mjs')], { stdio: 'inherit' });
const code = values.browser ? null : desktop();
if (code === null) await inBrowser();
else {
  const quote = (word: string): string => (windows ? `"${word}"` : word);
  const words = [`--extensionDevelopmentPath=${root}`, '--new-window', folder];
  execFileSync(quote(code), words.map(quote), { stdio: 'inherit', shell: windows });
  console.log('VS Code opens with Tensorlift. (`npm run vscode -- --browser` opens it in the browser instead.)');
}
