// Comments that switch a rule off: where they go, and that the analysis then obeys them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../../src/core/syntax/index.ts';
import { disableInFile, disableOnLine } from '../../../src/editor/disable.ts';
import { inspect } from '../../../src/service/inspect.ts';

const onLine = (text: string, line: number, rule = 'TL204') => {
  const edits = disableOnLine(text, line, rule);
  return edits && applyEdits(text, edits);
};
const inFile = (text: string, rule = 'TL204') => applyEdits(text, disableInFile(text, rule));
/** Text, line and rule of a program → the text with the rule off. */
const cases: readonly (readonly [name: string, text: string, line: number, expected: string | null])[] = [
  ['behind the line', 'k = f(x)\ny = 1\n', 0, 'k = f(x)  # tensorlift: ignore[TL204]\ny = 1\n'],
  ['behind another comment', 'k = f(x)  # why', 0, 'k = f(x)  # why  # tensorlift: ignore[TL204]'],
  ['before blanks at the end', 'k = f(x)  \n', 0, 'k = f(x)  # tensorlift: ignore[TL204]  \n'],
  ['into a list', 'k = 1  # tensorlift: ignore[TL101]', 0, 'k = 1  # tensorlift: ignore[TL101, TL204]'],
  ['into an empty list', 'k = 1  # tensorlift: ignore[]', 0, 'k = 1  # tensorlift: ignore[TL204]'],
  ['nowhere when it is in the list', 'k = 1  # tensorlift: ignore[TL204]', 0, 'k = 1  # tensorlift: ignore[TL204]'],
  ['nowhere when everything is off', 'k = 1  # tensorlift: ignore', 0, 'k = 1  # tensorlift: ignore'],
  [
    'into the comment above',
    '# tensorlift: ignore-next-line[TL101]\nk = 1\n',
    1,
    '# tensorlift: ignore-next-line[TL101, TL204]\nk = 1\n',
  ],
  [
    'above a line with a backslash',
    '    k = f(x) + \\\n        1\n',
    0,
    '    # tensorlift: ignore-next-line[TL204]\n    k = f(x) + \\\n        1\n',
  ],
  [
    'above a line in which a long string begins',
    'k = f("""a\n# b""")\r\n',
    0,
    '# tensorlift: ignore-next-line[TL204]\nk = f("""a\n# b""")\r\n',
  ],
  [
    'behind a line that ends a long string',
    's = """\n""" + f(x)',
    1,
    's = """\n""" + f(x)  # tensorlift: ignore[TL204]',
  ],
  ['nowhere between two backslashes', 'a = 1 + \\\n  f(x) + \\\n  2', 1, null],
  ['behind a line of an open bracket', 'k = f(\n  x,\n)', 1, 'k = f(\n  x,  # tensorlift: ignore[TL204]\n)'],
  ['past a hash in a string', 'k = f("#")', 0, 'k = f("#")  # tensorlift: ignore[TL204]'],
  ['past surrogate pairs', 's = "😀"; k = f(x)', 0, 's = "😀"; k = f(x)  # tensorlift: ignore[TL204]'],
];

describe('a rule is switched off for a line', () => {
  for (const [name, text, line, expected] of cases) it(name, () => assert.equal(onLine(text, line), expected));

  it('so that the analysis is silent', async () => {
    const text = 'import numpy as np\nx = np.zeros((2, 2))\nk = np.argmax(x)\n';
    const rules = async (source: string) => (await inspect(source, 'a.py')).findings.map(({ rule }) => rule);
    assert.ok((await rules(text)).includes('TL204'));
    assert.ok(!(await rules(onLine(text, 2) ?? '')).includes('TL204'));
    assert.ok((await rules(onLine(text, 1) ?? '')).includes('TL204'));
    assert.ok(!(await rules(inFile(text))).includes('TL204'));
    const long = text.replace('np.argmax(x)', 'np.argmax(x) + \\\n  1');
    assert.ok((await rules(long)).includes('TL204'));
    assert.ok(!(await rules(onLine(long, 2) ?? '')).includes('TL204'));
  });
});

const comment = '# tensorlift: ignore-file[TL204]';
describe('a rule is switched off for a file', () => {
  for (const [name, text, expected] of [
    ['at the top', 'x = 1\n', `${comment}\nx = 1\n`],
    ['of an empty file', '', `${comment}\n`],
    [
      'behind #! and the encoding',
      '#!/bin/python\n# coding: utf-8\nx = 1',
      `#!/bin/python\n# coding: utf-8\n${comment}\nx = 1`,
    ],
    [
      'behind the docstring',
      '# c\n"""One\ntwo."""\nimport numpy\n',
      `# c\n"""One\ntwo."""\n${comment}\nimport numpy\n`,
    ],
    ['behind a docstring without a line break', '"""One."""', `"""One."""\n${comment}`],
    ['with the line breaks of the file', 'x = 1\r\ny = 2\r\n', `${comment}\r\nx = 1\r\ny = 2\r\n`],
    ["behind a cell's magic", '%%time\nx = 1', `%%time\n${comment}\nx = 1`],
    ['into a comment that is there', '# tensorlift: ignore-file[TL1]\n', '# tensorlift: ignore-file[TL1, TL204]\n'],
    ['once', `${comment}\n`, `${comment}\n`],
  ] as const)
    it(name, () => assert.equal(inFile(text), expected));
});
