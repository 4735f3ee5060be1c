// A software Vulkan driver for tests: SwiftShader out of the npm package that brings the test browser. Linux x64 only.
// Dawn finds it through the environment of its process, and must live on that process's main thread: hence a child.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const archive = path.join(root, 'node_modules/@sparticuz/chromium/bin/swiftshader.tar.br');

/** Why SwiftShader cannot run here, or null. */
export function swiftShaderMissing(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `SwiftShader comes for Linux x64 only, this is ${process.platform} ${process.arch}`;
  if (!existsSync(archive)) return 'the package @sparticuz/chromium is not installed';
  try {
    createRequire(import.meta.url)('webgpu');
  } catch (error) {
    return `Dawn does not load: ${error instanceof Error ? error.message : String(error)}`;
  }
  return null;
}

/** Unpacks the driver once into `.cache/` and returns the environment with which Dawn finds it. */
export function swiftShaderEnvironment(): Record<string, string> {
  const { version } = JSON.parse(
    readFileSync(path.join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'),
  ) as { version: string };
  const folder = path.join(root, '.cache', `swiftshader-${version}`);
  if (!existsSync(folder)) {
    // Unpacked beside and renamed: another test may be doing the same.
    const own = `${folder}.${process.pid}`;
    mkdirSync(own, { recursive: true });
    const { status, stderr } = spawnSync('tar', ['-x', '-C', own], {
      input: brotliDecompressSync(readFileSync(archive)),
    });
    if (status !== 0) throw new Error(`tar: ${String(stderr)}`);
    try {
      renameSync(own, folder);
    } catch {
      rmSync(own, { recursive: true, force: true });
    }
  }
  return { LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: path.join(folder, 'vk_swiftshader_icd.json') };
}

/** One line of a suite: a case that ran in the child. `error` is absent where it passed. */
export interface CaseResult {
  readonly name: string;
  readonly error?: string;
}

/** Runs a TypeScript file with SwiftShader and yields the cases that it announces with `announce`. Throws if it dies. */
export async function* runWithSwiftShader(file: URL): AsyncGenerator<CaseResult> {
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(file)], {
    env: { ...environment, ...swiftShaderEnvironment() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', chunk => (stderr = (stderr + String(chunk)).slice(-4000)));
  const ended = new Promise<string>(resolve => {
    child.on('error', error => resolve(error.message));
    child.on('close', (code, signal) => resolve(code === 0 ? '' : `ended with ${signal ?? code}\n${stderr}`));
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('{')) yield JSON.parse(line) as CaseResult;
    }
  } finally {
    if (child.exitCode === null && child.signalCode === null) child.kill();
  }
  const failure = await ended;
  if (failure) throw new Error(failure);
}

/** In the child: runs one case and tells the parent how it went. */
export async function announce(name: string, body: () => void | Promise<void>): Promise<void> {
  const result: { name: string; error?: string } = { name };
  try {
    await body();
  } catch (error) {
    result.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
