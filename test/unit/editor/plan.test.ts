// What runs when: statements with what they need, once; again after a change; parts of statements; calls.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ledger } from '../../../src/editor/run/ledger.ts';
import { isExpression, plan, type Plan, type Subject, type Target } from '../../../src/editor/run/plan.ts';
import { inspect } from '../../../src/service/inspect.ts';

const subjectOf = async (text: string): Promise<Subject> => ({ text, outline: (await inspect(text, '/a.py')).outline });
const at = (line: number, character = 0): Target => ({
  kind: 'selection',
  range: { start: { line, character }, end: { line, character } },
});
const select = (line: number, from: number, to: number, end = line): Target => ({
  kind: 'selection',
  range: { start: { line, character: from }, end: { line: end, character: to } },
});

/** A program that is run bit by bit, as an editor does. */
class Bench {
  readonly ledger = new Ledger();
  subject: Subject = { text: '', outline: { functions: [], statements: [], relevant: true } };

  static async of(...lines: string[]): Promise<Bench> {
    const bench = new Bench();
    await bench.text(...lines);
    return bench;
  }
  async text(...lines: string[]): Promise<void> {
    this.subject = await subjectOf(`${lines.join('\n')}\n`);
  }
  plan(target: Target): Plan {
    return plan(this.subject, target, this.ledger);
  }
  /** Runs a target; gives the lines that ran, and the expression's line behind a plus. */
  run(target: Target): string {
    const made = this.plan(target);
    if (made.kind !== 'run') return made.kind;
    if (target.kind === 'file') this.ledger.clear();
    return made.steps
      .map(step => {
        for (const index of step.statements) this.ledger.ran(made.statements, index);
        if (step.expression) return `+${step.expression.start.line}`;
        return step.statements.map(index => made.statements.rows[index]?.line).join(' ');
      })
      .join(' ');
  }
}

describe('a statement', () => {
  it('runs after what it needs, which runs once', async () => {
    const bench = await Bench.of('import numpy as np', 'a = np.arange(3)', 'b = np.ones(5)', 'c = a + 1');
    assert.equal(bench.run(at(3)), '0 1 3');
    assert.equal(bench.run(at(3)), '3');
    assert.equal(bench.run(at(2)), '2');
  });
  it('runs again what changed, and what stands on it', async () => {
    const bench = await Bench.of('a = 1', 'b = a + 1', 'c = b + 1', 'd = 5');
    assert.equal(bench.run({ kind: 'file' }), '0 1 2 3');
    await bench.text('a = 2', 'b = a + 1', 'c = b + 1', 'd = 5');
    assert.equal(bench.run(at(3)), '3');
    assert.equal(bench.run(at(2)), '0 1 2');
    await bench.text('# a line more', '', 'a = 2', 'b = a + 1', 'c = b + 1', 'd = 5');
    assert.equal(bench.run(at(4)), '4');
  });
  it('finds its values as they are at its place, not as they were left', async () => {
    const bench = await Bench.of(
      'import numpy as np',
      'x = np.zeros(3)',
      'x[0] = 1',
      'y = x.sum()',
      'x[0] = 100',
      'x = 7',
    );
    assert.equal(bench.run({ kind: 'file' }), '0 1 2 3 4 5');
    assert.equal(bench.run(at(3)), '1 2 3');
    assert.equal(bench.run(at(4)), '4');
    assert.equal(bench.run(at(3)), '1 2 3');
  });
  it('needs what the functions that it calls read, wherever that is bound', async () => {
    const bench = await Bench.of('def f(a):', '    return a * scale', 'other = 1', 'scale = 3', 'y = f(2)');
    assert.equal(bench.run(at(4)), '0 3 4');
    await bench.text('def f(a):', '    return a + scale', 'other = 1', 'scale = 3', 'y = f(2)');
    assert.equal(bench.run(at(4)), '0 4');
  });
  it('repeats no random numbers that nobody asked for', async () => {
    const bench = await Bench.of(
      'import numpy as np',
      'np.random.seed(1)',
      'w = np.random.rand(3)',
      'b = np.ones(3)',
      'r = np.random.rand(2)',
    );
    assert.equal(bench.run(at(3)), '0 3');
    assert.equal(bench.run(at(2)), '1 2');
    assert.equal(bench.run(at(4)), '4');
    assert.equal(bench.run(at(3)), '3');
    assert.equal(bench.run(at(2)), '2');
  });
  it('runs with the statements that share its line, and defines a function again that moved', async () => {
    const bench = await Bench.of('a = 1; b = 2', 'def f(x):', '    return x', 'c = f(b)');
    assert.equal(bench.run(at(3)), '0 0 1 3');
    await bench.text('a = 1; b = 2', '', 'def f(x):', '    return x', 'c = f(b)');
    assert.equal(bench.run(at(4)), '2 4');
  });
  it('is found quickly in a long program', async () => {
    const count = 5000;
    const statement = (line: number, defines: string[], needs: string[]) => {
      const range = { start: { line, character: 0 }, end: { line, character: 6 } };
      return { range, defines, needs };
    };
    const statements = Array.from({ length: count }, (_, at) => statement(at, ['x'], at ? ['x'] : []));
    const text = Array.from({ length: count }, (_, at) => (at ? 'x += 1' : 'x =  1')).join('\n');
    const bench = new Bench();
    bench.subject = { text, outline: { functions: [], statements, relevant: true } };
    const started = performance.now();
    assert.equal(bench.run(at(count - 1)).split(' ').length, count);
    assert.equal(bench.run(at(count - 1)).split(' ').length, 1);
    assert.ok(performance.now() - started < 5000, `${performance.now() - started} ms`);
  });
  it('is run again when it did not end', async () => {
    const bench = await Bench.of('a = []', 'a.append(1)', 'b = len(a)');
    const made = bench.plan(at(1));
    assert.equal(made.kind, 'run');
    if (made.kind !== 'run') return;
    bench.ledger.ran(made.statements, 0);
    bench.ledger.broke(made.statements, 1);
    assert.equal(bench.run(at(2)), '0 1 2');
  });
  it('is the one before an empty line, the one after a comment', async () => {
    const bench = await Bench.of('a = 1', '', '# two', 'b = 2');
    assert.equal(bench.run(at(1)), '0');
    assert.equal(bench.run(at(2)), '3');
    assert.equal((await Bench.of('# nothing')).run(at(0)), 'nothing');
  });
});

describe('a selection', () => {
  it('of whole statements runs them', async () => {
    const bench = await Bench.of('a = 1', 'b = a', 'c = b', 'd = 4');
    assert.equal(bench.run(select(1, 0, 5, 2)), '0 1 2');
    assert.equal(bench.run(select(3, 0, 5)), '3');
  });
  it('of a part evaluates it after what it needs', async () => {
    const bench = await Bench.of('a = 3', 'b = 4', 'c = (a + 1) * b');
    assert.equal(bench.run(select(2, 4, 11)), '0 +2');
    const made = bench.plan(select(2, 5, 10));
    assert.equal(made.kind === 'run' && made.steps.at(-1)?.source, '\n\n(    a + 1)\n');
    assert.equal(bench.run(select(2, 0, 1)), '1 2 +2');
    assert.equal(bench.run(select(2, 4, 6)), '2');
  });
  it('of a name in a loop has the value that the loop left', async () => {
    const bench = await Bench.of('t = 0', 'for i in range(3):', '    t = t + i');
    assert.equal(bench.run(select(2, 4, 5)), '0 1 +2');
  });
  it('inside a function is about its call', async () => {
    const bench = await Bench.of('def f(x):', '    return x + 1', 'f(2)');
    assert.equal(bench.run(select(1, 11, 16)), 'function');
    assert.equal(bench.run(at(1)), 'function');
  });
  it('is an expression or not', () => {
    for (const text of [
      'a',
      'a + 1',
      'f(x, y=2)',
      '[1, 2]',
      '"a = b"',
      'a == b',
      'x[1:3]',
      'not a',
      '(a,\n b)',
      'lambda: 0',
    ])
      assert.equal(isExpression(text), true, text);
    for (const text of [
      'a =',
      'a = 1',
      '(a + 1',
      '* b',
      'a +',
      'return x',
      'a\nb',
      '"a',
      'if',
      ':',
      'a; b',
      '# a',
      'and b',
    ])
      assert.equal(isExpression(text), false, text);
  });
});

describe('the text for the kernel', () => {
  it('keeps line numbers: what does not run is blank', async () => {
    const bench = await Bench.of('a = 1', 'b = (', '    a', ')', 'c = 3', 'd = b');
    const made = bench.plan(at(5));
    assert.equal(made.kind === 'run' && made.steps[0]?.source, 'a = 1\nb = (\n    a\n)\n\nd = b\n');
  });
  it('of a call stands where the call does', async () => {
    const bench = await Bench.of('import numpy as np', 'def f(x):', '    return x * k', 'k = 2', 'y = f(np.ones(2))');
    const call = { kind: 'expression', text: 'f(np.ones(2))', at: { line: 4, character: 4 } } as const;
    assert.equal(bench.run(call), '0 1 3 +4');
    assert.equal(bench.run({ kind: 'expression', text: 'f(3)', at: { line: 1, character: 4 } }), '+1');
    const fresh = await Bench.of('def f(x):', '    return x * k', 'k = 2', 'z = 1');
    assert.equal(fresh.run({ kind: 'expression', text: 'f(3)', at: { line: 0, character: 4 } }), '0 2 +0');
  });
  it('of a cell is its lines, and what they need from other cells', async () => {
    const bench = await Bench.of('# %% one', 'a = 1', 'u = 9', '# %% two', 'b = a', 'c = b');
    assert.equal(bench.run({ kind: 'lines', first: 3, end: 6 }), '1 4 5');
    assert.equal(bench.run({ kind: 'lines', first: 3, end: 6 }), '4 5');
    assert.equal(bench.run({ kind: 'lines', first: 3, end: 4 }), 'nothing');
  });
});
