// The two VSIX files: what is in them, and that each works where no checkout lies beside it, in the editor and in the terminal.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { unzipSync } from 'fflate';
import { makePackage, targets } from '../../scripts/package.ts';
import { nodePackages } from '../../src/kernel/chooseNode.ts';
import { installExtension } from '../support/codeServer.ts';
import { Workbench, root } from '../support/workbench.ts';

const platform = `${process.platform}-${process.arch}`;
const skip = platform in targets ? false : `there is no package for ${platform}`;
const executable = path.join('bin', process.platform === 'win32' ? 'node.exe' : 'node');

let place: string;
let examples: string;
before(() => {
  place = mkdtempSync(path.join(tmpdir(), 'tensorlift-package-'));
  examples = path.join(place, 'examples');
  cpSync(path.join(root, 'examples'), examples, { recursive: true });
});
after(() => rmSync(place, { recursive: true, force: true }));

for (const target of [platform, null]) {
  suite(target ?? 'universal', { skip: target === null ? false : skip }, () => {
    let vsix: string;
    let names: readonly string[];
    let folder: string;
    let extensions: string;

    before(async () => {
      const out = path.join(place, `out-${target ?? 'universal'}`);
      mkdirSync(out);
      vsix = await makePackage(target, out);
      names = namesIn(vsix);
      extensions = path.join(place, `extensions-${target ?? 'universal'}`);
      installExtension(vsix, extensions);
      const [installed] = readdirSync(extensions).filter(name => name.startsWith('tensorlift.'));
      assert.ok(installed);
      folder = path.join(extensions, installed);
    });

    test('holds what is listed and nothing else', () => {
      const top = new Set(names.map(name => name.replace(/^extension\//, '').split('/')[0]));
      const wanted = ['LICENSE.txt', 'THIRD_PARTY_NOTICES.md', 'changelog.md', 'dist', 'docs', 'media', 'package.json'];
      const zip = ['[Content_Types].xml', 'extension.vsixmanifest'];
      assert.deepEqual([...top].sort(), [...zip, ...wanted, 'readme.md', 'syntaxes'].sort());
      assert.deepEqual(
        names.filter(name => /\.(ts|map|test\.js)$|\/(test|src|shared|scripts)\//.test(name)),
        [],
      );
      const platformParts = names.filter(name => name.includes('/dist/node_modules/'));
      assert.equal(platformParts.length > 0, target !== null);
      assert.equal(platformParts.filter(name => name.endsWith('dawn.node')).length, target === null ? 0 : 1);
    });

    test('every chunk in it belongs to this build', () => {
      const files = names.filter(name => /\/dist\/.*\.js$/.test(name)).map(name => name.replace('extension/', ''));
      const text = files.map(name => readFileSync(path.join(folder, name), 'utf8')).join('\n');
      const chunks = files.filter(name => name.includes('/chunks/')).map(name => path.basename(name));
      assert.ok(chunks.length > 0);
      assert.deepEqual(
        chunks.filter(name => !text.includes(name)),
        [],
      );
    });

    test('the README has no link and no picture that leads nowhere', () => {
      const text = readFileSync(path.join(folder, 'readme.md'), 'utf8');
      assert.match(text, /^# Tensorlift\n/);
      for (const [, link] of text.matchAll(/\]\(([^)]*)/g)) assert.match(link ?? '', /^(https:|#)/);
      assert.doesNotMatch(text, /<img/);
    });

    test('the command line in it runs a program', () => {
      const node = target === null ? process.execPath : bundledNode(folder);
      const printed = execFileSync(node, [path.join(folder, 'dist/cli.js'), 'run', 'heat.py'], {
        cwd: examples,
        encoding: 'utf8',
        env: { PATH: '', HOME: place },
      });
      assert.match(printed, /largest drop: 30\.91778755187988\d/);
    });

    test('Dawn loads in the Node that comes along', { skip: target === null && 'it has neither' }, () => {
      const code = `import { create } from 'webgpu'; console.log((await create(['backend=null']).requestAdapter()) !== null)`;
      const printed = execFileSync(bundledNode(folder), ['--input-type=module', '-e', code], {
        cwd: path.join(folder, 'dist/kernel'),
        encoding: 'utf8',
      });
      assert.equal(printed.trim(), 'true');
    });

    test('VS Code runs an example with it', { timeout: 120_000 }, async () => {
      const workbench = await Workbench.open({ folder: examples, file: 'heat.py', extensions, installed: true });
      try {
        await workbench.until(workbench.lenses, all => all.some(text => text.includes('Run')), 60_000);
        await workbench.command('Run File');
        await workbench.until(workbench.inlineResults, all => all.some(each => each.text.includes('30.9')), 60_000);
        const kernels = workbench.kernels();
        assert.ok(kernels.length > 0, 'no kernel runs');
        for (const pid of process.platform === 'linux' ? kernels : []) {
          const node = readlinkSync(`/proc/${pid}/exe`);
          assert.equal(node === bundledNode(folder), target !== null, node);
          assert.ok(!node.startsWith(path.join(root, 'node_modules')), node);
        }
      } catch (error) {
        await workbench.screenshot(`package-${target ?? 'universal'}`);
        throw error;
      } finally {
        await workbench.close();
      }
    });
  });
}

test('every platform that may have a Node has a row, and the other way round', () => {
  assert.deepEqual(Object.keys(targets).sort(), Object.keys(nodePackages).sort());
});

test('packing again gives the same bytes', async () => {
  const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
  const out = path.join(place, 'again');
  mkdirSync(out);
  const again = await makePackage(null, out);
  assert.equal(hash(again), hash(path.join(place, 'out-universal', path.basename(again))));
});

const bundledNode = (folder: string): string =>
  path.join(folder, 'dist/node_modules', nodePackages[platform] ?? '', executable);

function namesIn(vsix: string): readonly string[] {
  const names: string[] = [];
  unzipSync(readFileSync(vsix), { filter: file => (names.push(file.name), false) });
  return names;
}
