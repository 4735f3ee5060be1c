// `node scripts/test.mjs host [words]`: the tests of test/host inside a real extension host. That of desktop VS Code where it was
// downloaded before or its download answers, else that of VS Code's server with a headless Chromium. Words choose files by name.
// TEST_HOST=electron or TEST_HOST=server decides by hand; VERBOSE=1 prints the host's own messages too.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { launchBrowser } from '../support/browser.ts';
import { startServer } from '../support/codeServer.ts';
import type { Line } from './index.ts';

const root = path.resolve(import.meta.dirname, '../..');
const out = path.join(root, 'out/test/host');
/** How long a run may say nothing before it counts as hung. */
const silence = 250_000;

interface Place {
  /** The bundle of tests. */
  readonly tests: string;
  /** Where the tests write what happens. */
  readonly output: string;
  readonly workspace: string;
}

async function bundle(files: readonly string[], place: Place): Promise<void> {
  const loads = files.map(file => `${JSON.stringify(file)}: () => require(${JSON.stringify(`./${file}`)})`);
  await build({
    absWorkingDir: root,
    stdin: {
      contents: `import { runFiles } from './index.ts';
export const run = () => runFiles({ ${loads.join(', ')} }, ${JSON.stringify(place.output)});`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    outfile: place.tests,
    external: ['vscode'],
    define: { 'import.meta.dirname': JSON.stringify(import.meta.dirname), 'console.log': 'globalThis.tensorliftPrint' },
    sourcemap: true,
    logLevel: 'warning',
    // Mocha's parallel runs, which are not used here.
    logOverride: { 'require-resolve-not-external': 'silent' },
  });
}

/** Prints what the tests wrote since the last call; gives the counts once the run has ended. */
function follow({
  output,
  tests,
}: Place): () => { readonly ended: (Line & { kind: 'end' }) | null; readonly news: boolean } {
  let read = 0;
  return () => {
    const text = existsSync(output) ? readFileSync(output, 'utf8') : '';
    const whole = text.slice(read, text.lastIndexOf('\n') + 1);
    read += whole.length;
    let ended: (Line & { kind: 'end' }) | null = null;
    for (const each of whole.split('\n').filter(Boolean)) {
      const line = JSON.parse(each) as Line;
      if (line.kind === 'end') ended = line;
      else console.log(show(line, tests));
    }
    return { ended, news: whole !== '' };
  };
}

function show(line: Exclude<Line, { kind: 'end' }>, tests: string): string {
  const indent = '  '.repeat(line.depth);
  if ('error' in line)
    return `${indent}✖ ${line.text}\n${inSources(line.error, tests).replace(/^/gm, `${indent}    `)}`;
  if (line.kind === 'print') return line.text;
  if (line.kind === 'suite') return `${indent}${line.text}`;
  return line.kind === 'skip' ? `${indent}- ${line.text} (skipped)` : `${indent}✔ ${line.text}`;
}

/** A stack with the places in the tests' own files instead of the bundle's, and without mocha's part. */
function inSources(stack: string, tests: string): string {
  const map = new SourceMap(JSON.parse(readFileSync(`${tests}.map`, 'utf8')));
  return stack
    .replace(/[^\s(]*tests\.cjs:(\d+):(\d+)/g, (place, line: string, column: string) => {
      const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
      if (!('originalSource' in entry)) return place;
      const source = path.relative(root, path.resolve(path.dirname(tests), entry.originalSource));
      return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
    })
    .replace(/^\s*at .*(?:node_modules|node:internal).*\n?/gm, '')
    .trimEnd();
}

/** Whether desktop VS Code can be had: downloaded before, or within reach. On Linux it needs a display besides. */
async function desktopWithinReach(): Promise<boolean> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !hasXvfb()) return false;
  const cache = path.join(root, '.vscode-test');
  if (existsSync(cache) && readdirSync(cache).some(name => name.startsWith('vscode-'))) return true;
  try {
    const answer = await fetch('https://update.code.visualstudio.com/api/releases/stable', {
      signal: AbortSignal.timeout(5000),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

const hasXvfb = () => spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' }).status === 0;

async function runDesktop(place: Place): Promise<void> {
  const { runTests } = await import('@vscode/test-electron');
  await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: place.tests,
    launchArgs: [place.workspace, '--disable-extensions', '--disable-workspace-trust'],
  }).catch(() => undefined); // The file of results says which tests failed, or that none ended.
}

async function runServer(place: Place, alive: () => boolean): Promise<void> {
  const server = await startServer({ environment: { TENSORLIFT_TEST: '1' } });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    let exited = false;
    await page.exposeFunction('codeAutomationLog', (level: string, values: readonly unknown[]) => {
      if (process.env.VERBOSE) console.log(`[${level}] ${values.join(' ')}`.slice(0, 2000));
    });
    await page.exposeFunction('codeAutomationExit', () => (exited = true));
    await page.goto(
      server.address(place.workspace, [
        ['extensionDevelopmentPath', server.uri(root)],
        ['extensionTestsPath', server.uri(place.tests)],
      ]),
    );
    while (!exited && alive()) await page.waitForTimeout(100);
    if (!exited) {
      await page.screenshot({ path: path.join(root, 'out/test/host-failure.png') });
      console.log(`the host hangs; see out/test/host-failure.png\n${server.log().slice(-2000)}`);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function main(words: readonly string[]): Promise<void> {
  const files = readdirSync(import.meta.dirname, { recursive: true })
    .map(String)
    .filter(name => name.endsWith('.test.ts') && words.every(word => name.includes(word)))
    .sort();
  if (!files.length) return;
  const backend = process.env.TEST_HOST ?? ((await desktopWithinReach()) ? 'electron' : 'server');
  if (backend === 'server' && process.platform !== 'linux') {
    console.log('not run: desktop VS Code is neither in .vscode-test nor within reach');
    console.log('0 passed, 0 failed');
    return;
  }
  if (backend === 'electron' && process.platform === 'linux' && !process.env.DISPLAY) {
    const again = ['-a', process.execPath, ...process.execArgv, ...process.argv.slice(1)];
    process.exitCode =
      spawnSync('xvfb-run', again, { stdio: 'inherit', env: { ...process.env, TEST_HOST: backend } }).status ?? 1;
    return;
  }
  console.log(`in ${backend === 'electron' ? 'desktop VS Code' : "VS Code's server"}: ${files.length} files`);
  mkdirSync(out, { recursive: true });
  const made = mkdtempSync(path.join(out, 'run-'));
  const workspace = mkdtempSync(path.join(tmpdir(), 'tensorlift-host-'));
  cpSync(path.join(import.meta.dirname, 'workspace'), workspace, { recursive: true });
  const place: Place = { tests: path.join(made, 'tests.cjs'), output: path.join(made, 'results'), workspace };
  const next = follow(place);
  let counts = { passed: 0, failed: 1 };
  let last = Date.now();
  const alive = () => {
    const { ended, news } = next();
    if (ended) counts = ended;
    if (news) last = Date.now();
    return Date.now() - last < silence;
  };
  const watch = setInterval(alive, 100);
  try {
    await bundle(files, place);
    await (backend === 'electron' ? runDesktop(place) : runServer(place, alive));
    alive();
  } finally {
    clearInterval(watch);
    for (const folder of [made, workspace]) rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed ? 1 : 0;
}

await main(process.argv.slice(2));
