// The grammar that colours directives in comments: it says `keyword` exactly where the analysis reads a directive.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, describe, it } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { Source } from '../../../src/core/syntax/index.ts';
import { readIgnores, readShapes } from '../../../src/core/syntax/comments.ts';

const require = createRequire(import.meta.url);
const { contributes } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  contributes: { grammars: readonly { scopeName: string; path: string; injectTo: readonly string[] }[] };
};
const [own] = contributes.grammars;
assert.ok(own);

/** As much of Python's grammar as the injection asks for: comments and strings under the scopes of VS Code's. */
const python = {
  scopeName: 'source.python',
  patterns: [
    { begin: '#', end: '$', name: 'comment.line.number-sign.python' },
    { begin: '"', end: '"', name: 'string.quoted.single.python' },
  ],
};

let grammar: textmate.IGrammar;
before(async () => {
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  const directives = readFileSync(new URL(`../../../${own.path}`, import.meta.url), 'utf8');
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: sources => new oniguruma.OnigScanner([...sources]),
      createOnigString: text => new oniguruma.OnigString(text),
    }),
    loadGrammar: scope =>
      Promise.resolve(
        textmate.parseRawGrammar(scope === own.scopeName ? directives : JSON.stringify(python), 'a.json'),
      ),
    getInjections: scope => (own.injectTo.includes(scope) ? [own.scopeName] : []),
  });
  const loaded = await registry.loadGrammar('source.python');
  assert.ok(loaded);
  grammar = loaded;
});

/** The texts of a line that have a scope of ours, with that scope. */
function coloured(line: string): readonly (readonly [text: string, scope: string])[] {
  return grammar.tokenizeLine(line, textmate.INITIAL).tokens.flatMap(({ startIndex, endIndex, scopes }) => {
    const scope = scopes.findLast(each => each.endsWith('.tensorlift'));
    return scope ? [[line.slice(startIndex, endIndex), scope.replace('.tensorlift', '')] as const] : [];
  });
}

describe('the grammar of directives', () => {
  const cases: Record<string, readonly (readonly [string, string])[]> = {
    'x = 1  # tensorlift: ignore': [
      ['tensorlift', 'keyword.other'],
      ['ignore', 'storage.modifier'],
    ],
    '# tensorlift: ignore-next-line[TL204, TL205]': [
      ['tensorlift', 'keyword.other'],
      ['ignore-next-line', 'storage.modifier'],
      ['[', 'punctuation.definition.list.begin'],
      ['TL204, TL205', 'support.type.rule'],
      [']', 'punctuation.definition.list.end'],
    ],
    'def f(x):  # shape: x (n, 3) float32': [
      ['shape', 'keyword.other'],
      ['x', 'variable.other'],
      ['(n, 3)', 'entity.name.type.shape'],
      ['float32', 'support.type.dtype'],
    ],
    'y = g()  # shape: scalar': [
      ['shape', 'keyword.other'],
      ['scalar', 'entity.name.type.shape'],
    ],
    's = "# tensorlift: ignore"': [],
    '# the shape: of things': [],
    '# tensorlift: ignored': [],
    'tensorlift: ignore': [],
  };
  for (const [line, tokens] of Object.entries(cases)) it(line, () => assert.deepEqual(coloured(line), tokens));

  it('speaks for what the analysis reads', () => {
    for (const line of Object.keys(cases).filter(each => each.includes('#') && !each.includes('"'))) {
      const comments = [{ text: line.slice(line.indexOf('#')), start: line.indexOf('#') }];
      const source = new Source(line);
      const ignores = readIgnores(source, comments);
      const read = ignores.lines.size + ignores.file.size + readShapes(source, comments).size > 0;
      assert.equal(coloured(line).length > 0, read, line);
    }
  });
});
