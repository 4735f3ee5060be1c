// Figures of matplotlib.pyplot as numbers: what is recorded, when it is told, and what is said where nobody draws.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { startInProcess, type InProcess } from '../../support/kernel.ts';

let kernel: InProcess;
before(async () => {
  kernel = await startInProcess();
});

const imports = 'import numpy as np\nimport tensorflow as tf\nimport matplotlib.pyplot as plt\n';
const drawn = (source: string, fresh = true) => {
  const result = kernel.run(imports + source, { figures: true, fresh });
  assert.equal(result.error, null, result.stderr);
  return result;
};
/** The marks of all axes of the first figure: kind, label, x, y. */
const marks = (source: string) =>
  drawn(source).figures[0]?.axes.flatMap(axes => axes.marks.map(({ kind, label, x, y }) => [kind, label, x, y]));

describe('marks', () => {
  const cases: Record<string, [source: string, marks: unknown[]]> = {
    'a line': ['plt.plot([1, 2, 4], label="a")', [['line', 'a', [0, 1, 2], [1, 2, 4]]]],
    'arrays and tensors': [
      'plt.plot(np.arange(3) / 2, tf.constant([1.0, 2.0, 3.0]))',
      [['line', '', [0, 0.5, 1], [1, 2, 3]]],
    ],
    'several lines with formats': [
      'plt.plot([0, 1], [2, 3], "r--", [0, 1], [4, 5], "o")',
      [
        ['line', '', [0, 1], [2, 3]],
        ['points', '', [0, 1], [4, 5]],
      ],
    ],
    'the columns of two axes': [
      'plt.plot(np.array([[1, 10], [2, 20]]), label=["a", "b"])',
      [
        ['line', 'a', [0, 1], [1, 2]],
        ['line', 'b', [0, 1], [10, 20]],
      ],
    ],
    points: ['plt.scatter([1, 2], (3, 4), s=20, c="red")', [['points', '', [1, 2], [3, 4]]]],
    'bars with names': ['plt.bar(["x", "y"], [3, 5])', [['bars', '', [0, 1], [3, 5]]]],
    'what is not finite': ['plt.plot([1.0, np.nan, np.inf])', [['line', '', [0, 1, 2], [1, null, null]]]],
    'functions imported by name': [
      'from matplotlib.pyplot import plot, figure\nfigure()\nfigure()\nplot([1])',
      [['line', '', [0], [1]]],
    ],
  };
  for (const [name, [source, expected]] of Object.entries(cases))
    it(name, () => assert.deepEqual(marks(source), expected));

  it('images, thinned', () => {
    const small = drawn('plt.imshow(np.arange(6).reshape(2, 3))\nplt.show()').figures[0]?.axes[0]?.marks[0];
    assert.deepEqual([small?.kind, small?.columns, small?.y], ['image', 3, [0, 1, 2, 3, 4, 5]]);
    const large = drawn('plt.imshow(np.zeros((1000, 500)))\nplt.show()').figures[0]?.axes[0]?.marks[0];
    const [cells, columns] = [large?.y.length ?? 0, large?.columns ?? 1];
    assert.ok(cells > 5000 && cells <= 9216 && cells % columns === 0);
    assert.equal(Math.round((cells / columns / columns) * 10) / 10, 2);
  });

  it('long lines, thinned without losing peaks', () => {
    const found = drawn('y = np.zeros(50_000)\ny[12_345] = 9\nplt.plot(y)\nplt.show()').figures[0]?.axes[0]?.marks[0];
    assert.ok((found?.y.length ?? 0) <= 2000);
    assert.equal(found?.x[found.y.indexOf(9)], 12_345);
  });

  it('histograms, as NumPy counts them', () => {
    // np.histogram([0, 1, 1, 2, 4], bins=4), density of the same, and bins=[0, 1, 4].
    const { stdout, figures } = drawn(`n, edges, patches = plt.hist([0, 1, 1, 2, 4], bins=4)
print(n, edges)
print(plt.hist([0, 1, 1, 2, 4], bins=4, density=True)[0], plt.hist([0, 1, 1, 2, 4], bins=[0, 1, 4])[0])
`);
    assert.equal(stdout, '[1. 2. 1. 1.] [0. 1. 2. 3. 4.]\n[0.2 0.4 0.2 0.2] [1. 4.]\n');
    const [first] = figures[0]?.axes[0]?.marks ?? [];
    assert.deepEqual([first?.kind, first?.x, first?.y], ['bars', [0.5, 1.5, 2.5, 3.5], [1, 2, 1, 1]]);
  });
});

describe('figures', () => {
  it('have titles, labels, and the calls that are not drawn', () => {
    const [figure] = drawn(`plt.figure(figsize=(4, 3))
plt.plot([1, 2])
plt.title("T"); plt.xlabel("X"); plt.ylabel("Y"); plt.legend(); plt.grid(True); plt.tight_layout()
plt.xlim(0, 1)
plt.axhline(1)
plt.show()
`).figures;
    const [axes] = figure?.axes ?? [];
    assert.deepEqual([axes?.title, axes?.xLabel, axes?.yLabel], ['T', 'X', 'Y']);
    assert.deepEqual(figure?.others, ['xlim', 'axhline']);
    assert.equal(figure?.line, 8);
  });

  it('have several axes', () => {
    const { figures } = drawn(`fig, axs = plt.subplots(2, 2)
axs[0, 1].plot([1])
axs[1][0].set(title="low", xlabel="x")
axs.flat[3].scatter([1], [1])
fig, (a, b) = plt.subplots(1, 2)
a.plot([2]); b.plot([3])
plt.subplot(1, 2, 2).plot([4])
plt.figure(1)
plt.subplot(2, 1, 1); plt.plot([5]); plt.subplot(2, 1, 2); plt.subplot(2, 1, 1); plt.plot([6])
`);
    const ys = figures.map(({ number, axes }) => [
      number,
      axes.map(({ title, marks }) => [title, ...marks.map(m => m.y)]),
    ]);
    assert.deepEqual(ys, [
      [
        2,
        [
          ['', [2]],
          ['', [3]],
          ['', [4]],
        ],
      ],
      [1, [['', [1]], ['low'], ['', [1]], ['', [5], [6]]]],
    ]);
  });

  it('are told when they are shown, and at the end', () => {
    const { figures } = drawn('plt.plot([1])\nplt.show()\nplt.plot([2])\nplt.close()\nplt.plot([3])\n');
    assert.deepEqual(
      figures.map(({ number, line, axes }) => [number, line, axes[0]?.marks[0]?.y]),
      [
        [1, 4, [1]],
        [3, null, [3]],
      ],
    );
  });

  it('go on in the next part of a program, under their number', () => {
    assert.deepEqual(
      drawn('plt.plot([1])\n').figures.map(({ number }) => number),
      [1],
    );
    const [again] = drawn('plt.plot([2])\nplt.show()\n', false).figures;
    assert.deepEqual([again?.number, again?.axes[0]?.marks.length], [1, 2]);
    assert.deepEqual(drawn('x = 1\n', false).figures, []);
    assert.deepEqual(
      drawn('plt.plot([1])\n').figures.map(({ number }) => number),
      [1],
    );
  });

  it('that are empty are nothing', () =>
    assert.deepEqual(drawn('plt.figure()\nplt.style.use("x")\nplt.show()').figures, []));

  it('are not written', () => {
    const { stderr, figures } = drawn('plt.plot([1])\nplt.savefig("a.png", dpi=100)\n');
    assert.equal(stderr, 'note: a.png was not written: figures are shown in the panel\n');
    assert.equal(figures.length, 1);
  });

  it('take further calls as they come', () => {
    const { figures, stdout } = drawn(`fig, ax = plt.subplots()
line, = ax.plot([1, 2])
line.set_color("red")
with plt.style.context("dark"):
    bars = ax.bar([1], [2])
for spine in ax.spines.values(): spine.set_visible(False)
cax = ax.imshow(np.eye(2), cmap=plt.cm.viridis)
fig.colorbar(cax, ax=ax)
ax.annotate("a", (0, 0), arrowprops=dict())
print(repr(bars)[:9])
`);
    assert.equal(stdout, '<recorded\n');
    assert.deepEqual(figures[0]?.others, ['set_color', 'values', 'colorbar', 'annotate']);
  });

  it('are said on stderr where nobody draws', () => {
    const { stderr, figures } = kernel.run(`${imports}plt.plot([1])\nplt.show()\nplt.show()\n`);
    assert.equal(stderr, 'note: 1 figure recorded, not drawn: this runtime has no screen\n');
    assert.deepEqual(figures, []);
  });

  it('are no ops of the program', () => {
    const source = 'x = np.ones(3)\nplt.plot(x[::2], tf.constant([1.0, 2.0]))\n';
    const ops = (program: string) =>
      kernel.run(imports + program, { trace: true }).graph.nodes.filter(({ kind }) => kind === 'op').length;
    assert.equal(ops(source), ops('x = np.ones(3)\ntf.constant([1.0, 2.0])\n'));
  });
});
