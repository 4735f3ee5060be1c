// `npm run package`: the extension as VSIX files, in out/. One for a platform, with Node and Dawn beside Pyodide, and a small one for
// all, which uses a Node of the user or Electron itself. `-- --target darwin-arm64` packs for another platform, `-- --target all` for
// every one. The same sources give the same bytes.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { nodePackages } from '../src/kernel/chooseNode.ts';

const root = path.resolve(import.meta.dirname, '..');
const platform = `${process.platform}-${process.arch}`;
/** Files are dated so in the archive. */
const date = String(Date.UTC(2026, 0, 1) / 1000);

interface Target {
  /** Version of the Node package for those who pack on another platform; on its own platform the installed one is taken. */
  readonly node: string;
  /** Folder of Dawn in the npm package `webgpu`. */
  readonly dawn: string;
}

/** The platforms, by VS Code's names for them. */
export const targets: Readonly<Record<string, Target>> = {
  'linux-x64': { node: '26.10.0', dawn: 'linux-x64' },
  'linux-arm64': { node: '26.10.0', dawn: 'linux-arm64' },
  'darwin-x64': { node: '26.10.0', dawn: 'darwin-universal' },
  'darwin-arm64': { node: '26.10.0', dawn: 'darwin-universal' },
  'win32-x64': { node: '26.10.0', dawn: 'win32-x64' },
  'win32-arm64': { node: '26.7.0', dawn: 'win32-arm64' },
};

/** What is packed as it lies in the checkout; .vscodeignore lists the same. */
const files = ['CHANGELOG.md', 'LICENSE', '.vscodeignore', 'media', 'docs/rules', 'docs/reference.md', 'syntaxes'];

/** Packages whose code is inside the bundles: their licences are appended to the notices. */
const bundled = ['@vscode/webview-ui-toolkit', 'commander', 'fflate', 'tree-sitter-python', 'web-tree-sitter'];

const read = (...names: string[]): string => readFileSync(path.join(root, ...names), 'utf8');

const ofCheckout = ['private', 'scripts', 'devDependencies', 'dependencies', 'optionalDependencies'];

/** The manifest without what only a checkout needs. */
function manifest(): string {
  const all = Object.entries(JSON.parse(read('package.json')) as object);
  return `${JSON.stringify(Object.fromEntries(all.filter(([key]) => !ofCheckout.includes(key))), null, 2)}\n`;
}

/**
 * The README as the extension's page can show it: without pictures, which it takes from the network only, and with links to files of
 * the checkout as text.
 */
export function readme(): string {
  return read('README.md')
    .replace(/^!\[[^\]]*\]\([^)]*\)\n\n/gm, '')
    .replace(/\[([^\]]+)\]\((?!https?:|#)[^)]+\)/g, '$1');
}

function notices(): string {
  const licences = bundled.map(name => {
    const { version } = JSON.parse(read('node_modules', name, 'package.json')) as { version: string };
    const texts = ['LICENSE', 'NOTICES'].filter(file => existsSync(path.join(root, 'node_modules', name, file)));
    const text = texts.map(file => read('node_modules', name, file).trim()).join('\n\n');
    return `## ${name} ${version}\n\n\`\`\`text\n${text}\n\`\`\``;
  });
  return `${[read('THIRD_PARTY_NOTICES.md').trim(), '# Licence texts of what is bundled', ...licences].join('\n\n')}\n`;
}

/** The folder of the npm package that holds Node for a target: the installed one, else fetched once into .cache/. */
function nodeFolder(target: string): string {
  const name = nodePackages[target];
  const version = targets[target]?.node;
  if (name === undefined || version === undefined)
    throw new Error(`There is no Node package for ${target}. Known targets: ${Object.keys(targets).join(', ')}.`);
  const installed = path.join(root, 'node_modules', name);
  if (existsSync(path.join(installed, 'package.json'))) return installed;
  const cache = path.join(root, '.cache', 'packages', `${name}-${version}`);
  const folder = path.join(cache, 'node_modules', name);
  if (existsSync(path.join(cache, 'ready'))) return folder;
  console.log(`fetching ${name}@${version}`);
  mkdirSync(cache, { recursive: true });
  const words = ['install', '--force', '--ignore-scripts', '--no-save', '--no-package-lock', '--prefix', '.'];
  execFileSync('npm', [...words, `${name}@${version}`], {
    cwd: cache,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  });
  writeFileSync(path.join(cache, 'ready'), version);
  return folder;
}

/** Copies packages to dist/node_modules, where the bundles find them by name as in a checkout. */
function addPlatform(folder: string, target: string): void {
  const modules = path.join(folder, 'dist/node_modules');
  const take = (from: string, name: string, parts: readonly string[]) => {
    for (const part of parts)
      if (existsSync(path.join(from, part)))
        cpSync(path.join(from, part), path.join(modules, name, part), { recursive: true });
  };
  const node = nodeFolder(target);
  const executable = target.startsWith('win32') ? 'bin/node.exe' : 'bin/node';
  if (!existsSync(path.join(node, executable))) throw new Error(`${node} has no ${executable}`);
  take(node, path.basename(node), ['package.json', executable]);
  // Not every one of these packages brings the licence; it is the same text.
  const licence = [node, nodeFolder(platform)].find(place => existsSync(path.join(place, 'LICENSE')));
  if (licence === undefined) throw new Error(`${node} has no LICENSE`);
  take(licence, path.basename(node), ['LICENSE']);
  const dawn = `dist/${targets[target]?.dawn}`;
  take(path.join(root, 'node_modules/webgpu'), 'webgpu', ['package.json', 'index.js', 'LICENSE.md', dawn]);
}

/** Modes of the checkout (umask, a shared folder) do not reach the archive. */
function setModes(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    const file = path.join(folder, name);
    if (statSync(file).isFile()) chmodSync(file, /[\\/]bin[\\/]node$|dist[\\/]cli\.js$/.test(file) ? 0o755 : 0o644);
  }
}

/** Builds and packs for a target, or for all platforms where it is null; resolves to the path of the VSIX. */
export async function makePackage(target: string | null, out: string): Promise<string> {
  const { name, version } = JSON.parse(read('package.json')) as { name: string; version: string };
  const folder = path.join(out, `package-${target ?? 'universal'}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, [path.join(root, 'scripts/build.mjs'), '--out', path.join(folder, 'dist')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const file of files) cpSync(path.join(root, file), path.join(folder, file), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), manifest());
  writeFileSync(path.join(folder, 'README.md'), readme());
  writeFileSync(path.join(folder, 'THIRD_PARTY_NOTICES.md'), notices());
  if (target !== null) addPlatform(folder, target);
  setModes(folder);
  const packagePath = path.join(out, `${name}-${target ?? 'universal'}-${version}.vsix`);
  process.env.SOURCE_DATE_EPOCH = date;
  await createVSIX({
    cwd: folder,
    packagePath,
    ...(target === null ? {} : { target }),
    dependencies: false,
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  });
  rmSync(folder, { recursive: true });
  return packagePath;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { target: { type: 'string', multiple: true } } });
  const here = platform in targets ? [platform] : [];
  const wanted = values.target?.flatMap(name => (name === 'all' ? Object.keys(targets) : [name])) ?? here;
  const unknown = wanted.find(name => !(name in targets));
  if (unknown !== undefined) {
    console.error(`There is no target ${unknown}. Targets: ${Object.keys(targets).join(', ')}, all.`);
    process.exit(2);
  }
  const made: string[] = [];
  try {
    for (const target of [...wanted, null]) made.push(await makePackage(target, path.join(root, 'out')));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  console.log();
  for (const file of made) {
    const size = (statSync(file).size / 1e6).toFixed(1).padStart(6);
    console.log(`${size} MB  ${path.relative(process.cwd(), file)}`);
  }
  console.log(`\ncode --install-extension ${path.relative(process.cwd(), made[0] ?? '')}`);
}
