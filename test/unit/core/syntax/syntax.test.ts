// The syntax layer: positions, edits, magics, notebooks, directives, and trees of broken texts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Source, applyEdits, isIgnored, maskMagics, readNotebook } from '../../../../src/core/syntax/index.ts';
import { loadParser, parsePython } from '../../../support/parser.ts';

const parser = await loadParser();
const at = (line: number, character: number) => ({ line, character });
const edit = (a: ReturnType<typeof at>, b: ReturnType<typeof at>, newText: string) => ({
  range: { start: a, end: b },
  newText,
});

test('offsets and positions are each other’s inverse with every kind of line break', () => {
  const source = new Source('a\r\nbb\rccc\n\n𝒳é\n');
  assert.deepEqual(source.lineStarts, [0, 3, 6, 10, 11, 15]);
  for (let offset = 0; offset <= source.text.length; offset++)
    if (source.text[offset] !== '\n' || source.text[offset - 1] !== '\r')
      assert.equal(source.offsetAt(source.positionAt(offset)), offset);
  assert.equal(source.lineText(0), 'a');
  assert.equal(source.offsetAt(at(0, 99)), 1);
  assert.equal(source.offsetAt(at(99, 0)), source.text.length);
});

test('edits leave every other unit as it was', () => {
  const cases: readonly [string, ReturnType<typeof edit>[], string][] = [
    ['x = np.sum(a)\r\n\ty\r\n', [edit(at(0, 4), at(0, 10), 'tf.reduce_sum')], 'x = tf.reduce_sum(a)\r\n\ty\r\n'],
    ['s = "𝒳"; b', [edit(at(0, 10), at(0, 11), 'c')], 's = "𝒳"; c'],
    ['ab', [edit(at(0, 1), at(0, 1), '1'), edit(at(0, 1), at(0, 1), '2')], 'a12b'],
    ['', [edit(at(0, 0), at(0, 0), 'x')], 'x'],
    ['one two', [edit(at(0, 4), at(0, 7), '2'), edit(at(0, 0), at(0, 3), '1')], '1 2'],
  ];
  for (const [text, edits, expected] of cases) assert.equal(applyEdits(text, edits), expected);
  assert.throws(() => applyEdits('abc', [edit(at(0, 0), at(0, 2), ''), edit(at(0, 1), at(0, 3), '')]), RangeError);
});

test('magics are masked by something of the same length', () => {
  const cases: readonly [string, string, string[]][] = [
    ['%matplotlib inline\nx = 1', '#matplotlib inline\nx = 1', ['matplotlib:line']],
    ['!ls -l\ny', '#ls -l\ny', ['!:line']],
    ['if a:\n  %timeit f(x)\n', 'if a:\n  pass#it f(x)\n', ['timeit:line']],
    ['x = %timeit -o f(x)', 'x = _#imeit -o f(x)', ['timeit:assigned']],
    ['files = !ls', 'files = _#s', ['!:assigned']],
    ['print("t", %timeit -n 1 -r 1 f(x)) # %x', 'print("t",                   f(x)) # %x', ['timeit:inside']],
    ['np.sum?', '#p.sum?', ['?:line']],
    ['%%bash\necho $x', '#%bash\n#cho $x', ['bash:cell']],
    ['%%timeit\nf(x)', '#%timeit\nf(x)', ['timeit:cell']],
    ['a = b % c\n', 'a = b % c\n', []],
    ['a = (b\n% c)\n', 'a = (b\n% c)\n', []],
    ['"""\n%x\n"""\n', '"""\n%x\n"""\n', []],
    ['a != b', 'a != b', []],
    ["s = '%d' % n", "s = '%d' % n", []],
    ['a = b \\\n  % c', 'a = b \\\n  % c', []],
    ['a %= b', 'a %= b', []],
  ];
  for (const [text, masked, magics] of cases) {
    const found = maskMagics(text);
    assert.equal(found.text, masked);
    assert.deepEqual(
      found.magics.map(({ name, place }) => `${name}:${place}`),
      magics,
    );
  }
});

test('%timeit in an expression keeps its ranges', async () => {
  const text = 'print("t", %timeit -n 1 -r 1 np.dot(a, b)) #T\n';
  const program = await parsePython(text);
  assert.equal(program.hasErrors, false);
  const [magic] = program.magics;
  assert.equal(text.slice(magic?.start, magic?.end), '%timeit -n 1 -r 1 np.dot(a, b)');
  assert.equal(text.slice(magic?.code, magic?.end), 'np.dot(a, b)');
  assert.equal(magic?.options, '-n 1 -r 1');
});

test('a byte order mark and a surrogate pair shift nothing', async () => {
  const program = await parsePython('\uFEFFs = "𝒳"; x = np.sum(s)\n');
  const call = program.nodes.find(node => node.kind === 'call');
  assert.equal(call?.text, 'np.sum(s)');
  assert.deepEqual(call && program.range(call).start, at(0, 15));
});

test('texts with errors give a tree', async () => {
  for (const text of [
    '',
    '\n',
    'def f(:\n',
    'x = (1 +\ny = 2\n',
    '\t\t',
    'class',
    '"""',
    'é = ',
    '\0',
    ')))',
    'if x:\n\ty\n  z\n',
  ]) {
    const program = await parsePython(text);
    assert.equal(program.root.kind, 'module', JSON.stringify(text));
    assert.equal(program.nodes.length > 0, true);
  }
});

test('what stands behind a broken statement is still read', async () => {
  const program = await parsePython('def f(x:\n    return x\n\ny = g(1)\n');
  assert.ok(program.nodes.some(node => node.kind === 'call' && node.text === 'g(1)'));
});

test('ignore comments hold for their line, the next or the file', async () => {
  const program = await parsePython(
    [
      'a  # tensorlift: ignore[TL204, TL220]',
      'b  # tensorlift: ignore',
      '# tensorlift: ignore-next-line[TL1]',
      'c',
    ].join('\n'),
  );
  const rules = (line: number, rule: string): boolean => isIgnored(program.ignores, line, rule);
  assert.deepEqual([rules(0, 'TL204'), rules(0, 'TL220'), rules(0, 'TL221')], [true, true, false]);
  assert.deepEqual([rules(1, 'TL999'), rules(3, 'TL1'), rules(3, 'TL2')], [true, true, false]);
  const whole = await parsePython('# tensorlift: ignore-file[TL201]\nx\n');
  assert.deepEqual([isIgnored(whole.ignores, 5, 'TL201'), isIgnored(whole.ignores, 5, 'TL202')], [true, false]);
});

test('shape comments are read', async () => {
  const program = await parsePython(
    'x = f()  # shape: (n, 3) float32\ny = g()  # shape: [2, ?]\nz = h()  # shape: scalar\n',
  );
  assert.deepEqual(
    [0, 1, 2].map(line => program.shapes.get(line)?.shape),
    [['n', 3], [2, null], []],
  );
  assert.equal(program.shapes.get(0)?.dtype, 'float32');
});

const notebook = {
  cells: [
    { cell_type: 'markdown', source: ['# title'] },
    { cell_type: 'code', source: ['%matplotlib inline\n', 'import numpy as np'], outputs: [], metadata: { a: 1 } },
    { cell_type: 'code', source: 'x = np.sum(a)\n!ls', outputs: [] },
  ],
  nbformat: 4,
};

test('notebook cells form one program, and edits go back into their cells', () => {
  const json = JSON.stringify(notebook, null, 1) + '\n';
  const read = readNotebook(json);
  assert.equal(read.text, '%matplotlib inline\nimport numpy as np\nx = np.sum(a)\n!ls\n');
  const program = parser.parse(read.text, read.starts);
  assert.equal(program.hasErrors, false);
  assert.equal(program.isNotebook, true);
  assert.deepEqual(read.locate(at(2, 4)), { cell: read.cells[1], position: at(0, 4) });
  const after = read.apply([edit(at(2, 4), at(2, 10), 'tf.reduce_sum'), edit(at(1, 16), at(1, 18), 'n')]);
  const parsed = JSON.parse(after) as typeof notebook;
  assert.deepEqual(parsed.cells[1]?.source, ['%matplotlib inline\n', 'import numpy as n']);
  assert.equal(parsed.cells[2]?.source, 'x = tf.reduce_sum(a)\n!ls');
  assert.equal(after.replace('tf.reduce_sum', 'np.sum').replace('as n"', 'as np"'), json);
  assert.equal(read.apply([]), json);
  assert.throws(() => read.apply([edit(at(1, 0), at(2, 1), '')]), RangeError);
  assert.throws(() => readNotebook('{}'), /not a Jupyter notebook/);
});
