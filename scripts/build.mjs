// `npm run build`: bundles the TypeScript into dist/, packs the Python sources and copies what is loaded by its path.
// Seconds at first, well below one when only TypeScript changed. Runs after `npm ci` (script "prepare").
// `--out FOLDER` builds somewhere else: a package is made from a folder that holds nothing of earlier builds.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { packages, standardLibrary, writeWhole } from './python-zip.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { out } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } }).values;
const dist = path.resolve(root, out);
const started = performance.now();

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  splitting: true,
  outdir: dist,
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
};
/** Packages written for CommonJS call `require`; a module has none. */
const require =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/** The parser is for the service's thread: who takes a small function from its room does not load it. */
const parserOnlyWhereUsed = {
  name: 'parser-only-where-used',
  setup: build =>
    build.onResolve({ filter: /^web-tree-sitter$/ }, () => ({
      path: path.join(root, 'node_modules/web-tree-sitter/web-tree-sitter.js'),
      sideEffects: false,
    })),
};

/** `import text from './worker.ts?source'`: that file bundled, as a text. A page that is one file starts its worker from it. */
const bundledAsText = {
  name: 'bundled-as-text',
  setup(build) {
    build.onResolve({ filter: /\?source$/ }, ({ path: name, resolveDir }) => ({
      path: path.join(resolveDir, name.replace(/\?source$/, '')),
      namespace: 'source',
    }));
    build.onLoad({ filter: /./, namespace: 'source' }, async ({ path: file }) => {
      const { outputFiles } = await esbuild.build({ ...page, entryPoints: [file], write: false });
      return { contents: outputFiles[0].text, loader: 'text' };
    });
  },
};
const page = {
  absWorkingDir: root,
  bundle: true,
  format: 'iife',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
};

const bundles = [
  {
    ...common,
    entryPoints: { cli: 'src/cli/main.ts', tour: 'src/cli/tour.ts', service: 'src/service/thread/worker.ts' },
    banner: { js: require },
    external: ['webgpu', 'vscode'],
  },
  {
    ...common,
    entryPoints: { 'kernel/process': 'runtime/kernel/process.ts', 'kernel/worker': 'runtime/kernel/worker.ts' },
    external: ['webgpu'],
  },
  {
    ...page,
    outdir: dist,
    plugins: [bundledAsText],
    entryPoints: { 'webview/report': 'webview/report.ts', 'webview/panel': 'webview/panel.ts' },
  },
  {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    outdir: dist,
    logLevel: 'warning',
    entryPoints: { 'webview/report': 'webview/ui/report.css', 'webview/panel': 'webview/ui/panel.css' },
  },
  {
    // The extension host loads CommonJS.
    absWorkingDir: root,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    keepNames: true,
    outfile: path.join(dist, 'extension.cjs'),
    external: ['vscode'],
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [parserOnlyWhereUsed],
    entryPoints: ['src/editor/extension.ts'],
  },
];

const assets = [
  ...['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm'].map(name => [
    `node_modules/pyodide/${name}`,
    `pyodide/${name}`,
  ]),
  ['node_modules/web-tree-sitter/web-tree-sitter.wasm', 'grammar/web-tree-sitter.wasm'],
  ['node_modules/tree-sitter-python/tree-sitter-python.wasm', 'grammar/tree-sitter-python.wasm'],
  // The judge for a Python of the user: a folder that `python` runs.
  ['runtime/python/tensorlift/verify/__main__.py', 'kernel/judge/__main__.py'],
  ['runtime/python/tensorlift/__init__.py', 'kernel/judge/tensorlift/__init__.py'],
  ...readdirSync(path.join(root, 'runtime/python/tensorlift/verify'))
    .filter(name => name.endsWith('.py'))
    .map(name => [`runtime/python/tensorlift/verify/${name}`, `kernel/judge/tensorlift/verify/${name}`]),
];

/** Copies unless the target is as new and as long. */
function copy(from, to) {
  const [source, target] = [path.join(root, from), path.join(dist, to)];
  const old = existsSync(target) ? statSync(target) : null;
  const { size, mtimeMs } = statSync(source);
  if (old && old.size === size && old.mtimeMs >= mtimeMs) return;
  mkdirSync(path.dirname(target), { recursive: true });
  copyFileSync(source, target);
}

async function python() {
  const library = await standardLibrary(root);
  copy(path.relative(root, library), 'python/stdlib.zip');
  const bytes = await packages(root, library);
  const target = path.join(dist, 'python/packages.zip');
  if (!existsSync(target) || Buffer.compare(readFileSync(target), bytes) !== 0) writeWhole(target, bytes);
}

/** Removes chunks of earlier builds. Young ones stay: a program that was started before this build may still load them. */
function clearChunks(results) {
  const made = new Set(
    results.flatMap(({ metafile }) => Object.keys(metafile.outputs).map(name => path.basename(name))),
  );
  const folder = path.join(dist, 'chunks');
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (!made.has(name) && Date.now() - statSync(file).mtimeMs > 10 * 60_000) rmSync(file, { force: true });
  }
}

// A bundle that fails does not hold up the others; esbuild has said what is wrong.
const [builds] = await Promise.all([
  Promise.allSettled(bundles.map(options => esbuild.build({ ...options, metafile: true }))),
  python(),
]);
const failed = builds.filter(({ status }) => status === 'rejected');
for (const { reason } of failed) if (!Array.isArray(reason.errors)) throw reason;
if (failed.length === 0) clearChunks(builds.map(({ value }) => value));
for (const [from, to] of assets) copy(from, to);
if (failed.length) process.exit(1);
chmodSync(path.join(dist, 'cli.js'), 0o755);
console.log(
  `built ${path.relative(process.cwd(), dist) || dist} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
);
