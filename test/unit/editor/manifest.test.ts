// package.json, the tables that it is made from, and the code that uses them say the same.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { commands } from '../../../src/editor/contributions/commands.ts';
import { actionKinds, colors, liftedScheme, rulePages } from '../../../src/editor/contributions/ids.ts';
import { manifest } from '../../../src/editor/contributions/manifest.ts';
import { settings } from '../../../src/editor/contributions/settings.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const pack = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
const sources = ['src/editor', 'src/panel'].flatMap(folder =>
  readdirSync(path.join(root, folder), { recursive: true })
    .map(name => path.join(folder, String(name)))
    .filter(name => name.endsWith('.ts') && !name.includes('contributions'))
    .map(name => ({ name, text: readFileSync(path.join(root, name), 'utf8') })),
);
/** Every `tensorlift.…` in quotes, with the file that says it. */
const ids = sources.flatMap(({ name, text }) =>
  [...text.matchAll(/['"`:](tensorlift\.[A-Za-z.]+)(?=['"`?])/g)].map(match => ({ name, id: match[1] ?? '' })),
);

describe('package.json', () => {
  for (const [key, value] of Object.entries(manifest()))
    it(`has the ${key} of the tables (npm run manifest writes them)`, () => assert.deepEqual(pack[key], value));
  it('names files that are there', () => {
    const { grammars } = manifest().contributes;
    for (const { path: file } of grammars) assert.ok(existsSync(path.join(root, file)), file);
    assert.equal(pack.main, './dist/extension.cjs');
  });
  it('asks for the oldest VS Code whose API is used', () => {
    const { engines, devDependencies } = pack as {
      engines: { vscode: string };
      devDependencies: Record<string, string>;
    };
    assert.equal(engines.vscode.replace(/^\^|\.\d+$/g, ''), devDependencies['@types/vscode']);
  });
});

describe('every command', () => {
  const registered = sources.flatMap(({ text }) => [
    ...text.matchAll(/\bcommand\(\s*'(tensorlift\.\w+)'(?:\s+satisfies\s+CommandId)?,/g),
  ]);
  const names = registered.map(match => match[1]);
  for (const id of Object.keys(commands))
    it(`${id} is registered once`, () => assert.equal(names.filter(name => name === id).length, 1));
  it('has a title in Title Case, with no category in it', () => {
    const small = /^(?:a|an|and|as|at|beside|by|for|in|it|of|on|or|the|to|with)$/;
    for (const [id, { title }] of Object.entries(commands)) {
      assert.ok(!title.startsWith('Tensorlift'), id);
      for (const [at, word] of title.split(/[\s,]+/).entries())
        assert.ok(/^[A-Z]/.test(word) || (at > 0 && (small.test(word) || word === 'Beside')), `${id}: ${word}`);
    }
  });
  it('that needs arguments is not in the palette', () => {
    for (const id of [
      'tensorlift.applyFix',
      'tensorlift.explainRule',
      'tensorlift.disableRule',
      'tensorlift.copyResult',
    ] as const)
      assert.equal(commands[id].palette, false);
  });
  it('with a key leaves the keys of Python and Jupyter alone', () => {
    for (const row of Object.values(commands))
      if ('key' in row) assert.ok(!/^(?:shift|ctrl)\+enter$/.test(row.key.key), row.key.key);
  });
});

describe('every id in the code', () => {
  const known = new Set<string>([
    ...Object.keys(commands),
    ...Object.keys(settings),
    ...Object.keys(colors),
    ...Object.values(actionKinds),
  ]);
  /** Ids that only the code knows: items of the status, context keys, the panel's type, the extension itself. */
  const own = /^tensorlift\.(?:analysis|kernel|running|panel|context|tensorlift|results?|stale|gradient)\b/;
  for (const { name, id } of ids)
    if (!known.has(id) && !own.test(id)) it(`${id} of ${name} exists`, () => assert.fail(id));
  it('exists', () => assert.ok(ids.length > 20));
  it('that names a scheme or a file is the one of the table', () => {
    for (const { name, text } of sources)
      assert.ok(!text.includes(`'${liftedScheme}'`), `${name} repeats ${liftedScheme}`);
    assert.ok(
      readdirSync(path.join(root, 'docs/rules')).filter(
        page => path.matchesGlob?.(`docs/rules/${page}`, rulePages) ?? /^TL\d{3}\.md$/.test(page),
      ).length > 100,
    );
  });
});

describe('every setting', () => {
  const read = new Set(ids.map(({ id }) => id));
  for (const id of Object.keys(settings)) it(`${id} is read somewhere`, () => assert.ok(read.has(id)));
  it('has a description that is a sentence', () => {
    for (const [id, { description }] of Object.entries(settings)) assert.match(description, /^[A-Z*`].*\.$/s, id);
  });
  it('that lets programs run, or names one, is ignored in a workspace that is not trusted', () => {
    const { restrictedConfigurations } = manifest().capabilities.untrustedWorkspaces;
    for (const id of ['tensorlift.runtime.node', 'tensorlift.verify.python', 'tensorlift.verify.enable'])
      assert.ok(restrictedConfigurations.includes(id), id);
  });
});
