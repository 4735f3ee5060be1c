// The kernel process as its clients meet it: streaming, input, cancel, limits, restart, and that nothing is left behind.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Kernel, type RunEvents } from '../../../src/kernel/index.ts';
import type { Program } from '../../../src/shared/protocol.ts';
import type { Figure } from '../../../src/shared/tensors.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kernel-test-'));
const restarts: string[] = [];
let kernel: Kernel;

const program = (source: string, more: Partial<Program> = {}): Program => ({
  path: path.join(folder, 'program.py'),
  source,
  argv: [],
  folder,
  paths: [],
  namespace: 'test',
  fresh: true,
  lines: false,
  firstLine: 0,
  trace: false,
  device: 'auto',
  ...more,
});

/** Runs and gathers; `seen` are the pieces of output with their stream, in order. */
async function run(source: string, more: Partial<Program> = {}, events: RunEvents = {}, timeout?: number) {
  const seen: [string, string, number][] = [];
  const done = await kernel.run(
    program(source, more),
    {
      ...events,
      output: (stream, text) => (seen.push([stream, text, performance.now()]), events.output?.(stream, text)),
    },
    timeout,
  );
  const of = (stream: string) => seen.flatMap(([from, text]) => (from === stream ? [text] : [])).join('');
  return { ...done, seen, stdout: of('stdout'), stderr: of('stderr') };
}

/**
 * Runs, and interrupts when the program has printed "ready", `delay` milliseconds later where the program has to enter
 * something first. Milliseconds from the interrupt to the end.
 */
async function interrupted(source: string, delay = 0) {
  let from = 0;
  const interrupt = () => {
    from = performance.now();
    kernel.interrupt();
  };
  const result = await run(source, {}, { output: () => void (delay ? setTimeout(interrupt, delay) : interrupt()) });
  return { ...result, took: performance.now() - from };
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const gone = async (pid: number, within = 3000): Promise<boolean> => {
  for (const end = performance.now() + within; performance.now() < end;) {
    if (!alive(pid)) return true;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return !alive(pid);
};

before(async () => {
  kernel = await Kernel.start({ roots: [folder], standby: true }, { restarted: reason => restarts.push(reason) });
});
after(async () => {
  await kernel.close();
  rmSync(folder, { recursive: true });
});

describe('output and input', () => {
  it('arrives while the program runs', async () => {
    const { seen } = await run('import time\nfor i in range(3):\n    print(i)\n    time.sleep(0.15)\nprint("end")');
    const first = seen[0]?.[2] ?? 0;
    const last = seen.at(-1)?.[2] ?? 0;
    assert.ok(last - first > 300, `first and last output are ${last - first} ms apart`);
  });

  it('keeps the order of the two streams', async () => {
    const { seen } = await run(
      'import sys\nfor i in range(50):\n    print("o", i, flush=True)\n    print("e", i, file=sys.stderr, flush=True)',
    );
    const order = seen.map(([, text]) => text).join('');
    assert.equal(order, Array.from({ length: 50 }, (_, i) => `o ${i}\ne ${i}\n`).join(''));
  });

  it('is joined into few messages', async () => {
    const { seen, stdout } = await run('for i in range(20000): print(i)');
    assert.equal(stdout.split('\n').length, 20001);
    assert.ok(seen.length < 1000, `${seen.length} messages`);
  });

  it('survives characters split between pieces', async () => {
    const text = 'aä𝒳'.repeat(100_000);
    assert.equal((await run('print("aä𝒳" * 100000)')).stdout, `${text}\n`);
  });

  it('input() gets lines until there are none', async () => {
    const lines = ['Ada', 'ä𝒳'];
    const { stdout, error } = await run(
      'print(input("who? "))\nprint(input())\ninput()',
      {},
      { input: () => lines.shift() ?? null },
    );
    assert.equal(stdout, 'who? Ada\nä𝒳\n');
    assert.equal(error?.type, 'EOFError');
  });
});

describe('cancel', () => {
  for (const [name, source] of Object.entries({
    'an endless loop': 'print("ready", flush=True)\nwhile True: pass',
    'a loop in try and finally':
      'print("ready", flush=True)\nwhile True:\n    try:\n        x = 1\n    finally:\n        pass',
    'time.sleep': 'import time\nprint("ready", flush=True)\ntime.sleep(30)',
    'a comprehension': 'print("ready", flush=True)\n[i for i in iter(int, 1)]',
  }))
    it(`ends ${name} within 100 ms`, async () => {
      // The best of three: the machine may be busy with other tests.
      let fastest = Infinity;
      for (let attempt = 0; attempt < 3 && fastest >= 100; attempt++) {
        const { status, error, took } = await interrupted(source);
        assert.equal(status, 'interrupted');
        assert.equal(error?.type, 'KeyboardInterrupt');
        fastest = Math.min(fastest, took);
      }
      assert.ok(fastest < 100, `${fastest} ms`);
    });

  it('ends input()', async () => {
    const result = kernel.run(program('input()'), {
      input: () => new Promise(() => setTimeout(() => kernel.interrupt(), 50)),
    });
    assert.equal((await result).error?.type, 'KeyboardInterrupt');
  });

  it('goes through a handler that swallows one', async () => {
    const source = `
import time
print("ready", flush=True)
try:
    while True: pass
except KeyboardInterrupt:
    while True: pass`;
    assert.equal((await interrupted(source)).status, 'interrupted');
  });

  it('ends a kernel of the engine that runs for seconds, and keeps the interpreter', async () => {
    restarts.length = 0;
    const { status, error, took } = await interrupted(
      'import numpy as np\na = np.ones((4000, 4000))\nprint("ready", flush=True)\na @ a @ a',
      100,
    );
    assert.equal(status, 'interrupted');
    assert.equal(error?.type, 'KeyboardInterrupt');
    assert.ok(took < 2000, `${took} ms`);
    assert.equal(restarts.length, 0);
  });

  it('replaces an interpreter that does not react within two seconds', async () => {
    restarts.length = 0;
    const { status, took } = await interrupted('print("ready", flush=True)\nsum(range(10**12))', 100);
    assert.equal(status, 'interrupted');
    assert.ok(took < 2600, `${took} ms`);
    assert.equal(restarts.length, 1);
    assert.equal((await run('print("again")')).stdout, 'again\n');
  });

  it('does not touch the next program', async () => {
    kernel.interrupt();
    assert.equal((await run('print(sum(range(100000)))')).stdout, '4999950000\n');
  });
});

describe('limits and failures', () => {
  it('stops at the time limit', async () => {
    const { status, ms } = await run('while True: pass', {}, {}, 200);
    assert.equal(status, 'timeout');
    assert.ok(ms < 500, `${ms} ms`);
  });

  it('raises MemoryError at the memory limit and goes on', async () => {
    const small = await Kernel.start({ roots: [folder], memoryLimit: 200 * 2 ** 20 });
    try {
      const outcome = await small.run(program('x = bytearray(300 * 2**20)'));
      assert.equal(outcome.error?.type, 'MemoryError');
      assert.equal((await small.run(program('x = 1'))).status, 'ok');
    } finally {
      await small.close();
    }
  });

  it('survives deep recursion and long chains of objects', async () => {
    assert.equal((await run('def f(n): return f(n + 1)\nf(0)')).error?.type, 'RecursionError');
    const chain =
      'class Link:\n    pass\nhead = None\nfor i in range(30000):\n    link = Link()\n    link.next = head\n    head = link\ndel head, link\nprint("ok")';
    assert.equal((await run(chain)).stdout, 'ok\n');
  });

  it('restarts after a fatal error, and says so', async () => {
    restarts.length = 0;
    const { status, error } = await run('import os\nos.abort()');
    assert.equal(status, 'died');
    assert.match(error?.message ?? '', /interpreter stopped/);
    assert.equal(restarts.length, 1);
    assert.equal((await run('print(1)')).stdout, '1\n');
  });

  it('keeps names between runs only where asked', async () => {
    await run('x = 41', { namespace: 'a', fresh: false });
    assert.equal((await run('print(x + 1)', { namespace: 'a', fresh: false })).stdout, '42\n');
    assert.equal((await run('print(x)', { namespace: 'b', fresh: false })).error?.type, 'NameError');
    assert.equal((await run('print(x)', { namespace: 'a', fresh: true })).error?.type, 'NameError');
  });

  it('answers a warm snippet within 10 ms', async () => {
    // The best of three medians: the machine may be busy with other tests.
    let best = Infinity;
    for (let attempt = 0; attempt < 3 && best >= 10; attempt++) {
      const times: number[] = [];
      for (let i = 0; i < 20; i++) {
        const from = performance.now();
        await run('a = [1, 2, 3]\nb = [x * 2 for x in a]\nprint(sum(b))');
        times.push(performance.now() - from);
      }
      best = Math.min(best, times.sort((a, b) => a - b)[10] ?? Infinity);
    }
    assert.ok(best < 10, `${best} ms`);
  });
});

describe('figures', () => {
  it('arrive whole, however long', async () => {
    const figures: Figure[] = [];
    const source =
      'import matplotlib.pyplot as plt\nfor i in range(40):\n    plt.plot([x / 7 for x in range(1500)], label="ä𝒳")\nplt.show()';
    const { error } = await run(source, { figures: true }, { figure: figure => figures.push(figure) });
    assert.equal(error, null);
    const marks = figures[0]?.axes[0]?.marks ?? [];
    assert.ok(JSON.stringify(figures).length > 500_000);
    assert.deepEqual([figures.length, marks.length, marks[39]?.y.length, marks[39]?.label], [1, 40, 1500, 'ä𝒳']);
  });
});

describe('questions about arrays', () => {
  const whole = { start: 0, count: 10, step: 1 };
  const request = { namespace: 'test', name: 'x', axes: [{ job: 'columns' as const }], rows: whole, columns: whole };

  it('are answered between programs', async () => {
    await run('import numpy as np\nx = np.arange(3.0)');
    assert.deepEqual(
      (await kernel.tensors('test')).map(({ name, shape }) => [name, shape]),
      [['x', [3]]],
    );
    const { slice } = await kernel.slice(request);
    assert.deepEqual(slice?.values, new Float64Array([0, 1, 2]));
    assert.match((await kernel.slice({ ...request, namespace: 'none' })).problem ?? '', /^x is gone/);
  });

  it('wait for the program that runs', async () => {
    const running = run('import time\ntime.sleep(0.2)\nx[1] = 7', { fresh: false });
    const { slice } = await kernel.slice(request);
    assert.deepEqual([...(slice?.values ?? [])], [0, 7, 2]);
    assert.equal((await running).error, null);
  });

  it('are answered when the interpreter goes', async () => {
    const running = run('while True: pass');
    const [tensors, slice] = [kernel.tensors('test'), kernel.slice(request)];
    kernel.restart();
    assert.deepEqual(await tensors, []);
    assert.match((await slice).problem ?? '', /restarted/);
    await running;
  });
});

describe('nothing is left behind', () => {
  it('after close, even in an endless loop', async () => {
    const busy = await Kernel.start();
    const { pid = 0 } = busy;
    void busy.run(program('while True: pass')).catch(() => undefined);
    await busy.close();
    assert.ok(await gone(pid));
  });

  it('after kill -9 of the parent', async () => {
    const script = path.join(folder, 'parent.mts');
    const client = path.resolve('src/kernel/index.ts');
    writeFileSync(
      script,
      `import { Kernel } from ${JSON.stringify(client)};
const kernel = await Kernel.start();
kernel.run(${JSON.stringify(program('while True: pass'))});
setTimeout(() => console.log(kernel.pid), 200);`,
    );
    const parent = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>(resolve => parent.stdout.on('data', text => resolve(Number(String(text)))));
    assert.ok(alive(pid));
    parent.kill('SIGKILL');
    assert.ok(await gone(pid));
  });
});
