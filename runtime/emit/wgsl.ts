// WGSL from the same kernels as the wasm emitter: a point of `space` per thread, or, where there is much to reduce, per
// workgroup: its threads stride over the reduce loops and join their partial results in a tree. A few long rows (a full
// sum) take two passes: many workgroups leave partial results in scratch buffers, a second pass joins them.
import type { DType } from '../../src/shared/dtypes.ts';
import type { Kernel, LoopKernel, Reduction, Stage, Step } from '../schedule/kernel.ts';
import { emitSteps, int, literal, MathFunctions, position, prelude, stored, wgslType } from './wgslBody.ts';
import { contractPass } from './wgslContract.ts';

/** One dispatch. Binding i is `bindings[i]`; the params, where the kernel has any, are the binding after the last. */
export interface WgslPass {
  readonly source: string;
  /** Numbers of the kernel's buffers; scratch buffers count on from them. */
  readonly bindings: readonly { readonly buffer: number; readonly writes: boolean }[];
  /** Workgroups for these params; the shader folds two dimensions into one. */
  workgroups(params: readonly number[]): number;
}

export interface WgslKernel {
  readonly passes: readonly WgslPass[];
  /** Elements (4 bytes each) of the scratch buffers. */
  readonly scratch: readonly number[];
  readonly params: number;
}

/** A pass puts so many rows or points on one dimension of the dispatch at most. */
export const maxWorkgroups = 65535;

/** @throws {NotOnGpu} for dtypes and ops that the GPU does not have. */
export function emitWgsl(kernel: Kernel): WgslKernel {
  if (kernel.kind === 'contract') return { passes: [contractPass(kernel)], scratch: [], params: 0 };
  const plan = planOf(kernel);
  if (plan.kind !== 'split') return { passes: [loopPass(kernel, plan)], scratch: [], params: kernel.params };
  const { parts, rows } = plan;
  return {
    passes: [loopPass(kernel, { ...plan, phase: 'partial' }), loopPass(kernel, { ...plan, phase: 'final' })],
    scratch: scratchTypes(kernel).map(() => parts * rows),
    params: kernel.params,
  };
}

type Plan =
  | { readonly kind: 'thread' }
  | { readonly kind: 'row'; readonly size: number }
  | { readonly kind: 'split'; readonly size: number; readonly parts: number; readonly rows: number };
type Phased = Plan & { readonly phase?: 'partial' | 'final' };

const known = (sizes: LoopKernel['space']): number | null =>
  sizes.reduce<number | null>((product, n) => (product === null || typeof n !== 'number' ? null : product * n), 1);

function planOf(kernel: LoopKernel): Plan {
  const { space, reduce, stages, inner } = kernel;
  if (reduce.length === 0 || stages.some(stage => stage.kind === 'scan')) return { kind: 'thread' };
  const [rows, length] = [known(space), known(reduce)];
  if (length !== null && length < 32) return { kind: 'thread' };
  // Neighbouring threads then read neighbours in memory.
  if (rows !== null && rows >= 4096 && inner === 'space') return { kind: 'thread' };
  const [first, second] = stages;
  const single = stages.length === 2 && first?.kind === 'reduce' && second?.kind === 'map' && second.over === 'space';
  if (single && rows !== null && rows < 64 && length !== null && length >= 2 ** 15)
    return { kind: 'split', size: 256, rows, parts: Math.min(256, Math.ceil(length / 4096)) };
  return { kind: 'row', size: length !== null && length < 256 ? 64 : 256 };
}

const isArg = ({ op }: Reduction): boolean => op === 'argmax' || op === 'argmin';

/** The value that a reduction starts from. */
function identity(op: Reduction['op'], dtype: DType): string {
  if (op === 'sum') return literal(0, dtype);
  if (op === 'prod') return literal(1, dtype);
  const least = op === 'max' || op === 'argmax';
  switch (dtype) {
    case 'bool':
      return literal(least ? 0 : 1, dtype);
    case 'uint8':
      return literal(least ? 0 : 255, dtype);
    case 'float32':
      return literal(least ? -Infinity : Infinity, dtype);
    default:
      return literal(least ? -(2 ** 31) : 2 ** 31 - 1, dtype);
  }
}

function combine(op: Reduction['op'], dtype: DType, a: string, b: string): string {
  const mask = (text: string): string => (dtype === 'uint8' ? `((${text}) & 255u)` : text);
  if (op === 'sum') return mask(`${a} + ${b}`);
  if (op === 'prod') return mask(`${a} * ${b}`);
  if (dtype === 'bool') return op === 'max' ? `${a} || ${b}` : `${a} && ${b}`;
  return `${dtype === 'float32' ? 'nan_' : ''}${op}(${a}, ${b})`;
}

/** `beats(v, i, best, at)`: NaN wins, then the greater value, then the smaller index; `at` is -1 before the first. */
function beats(op: Reduction['op'], dtype: DType): { readonly name: string; readonly text: string } {
  const { value } = wgslType(dtype);
  const name = `${op}_beats_${dtype}`;
  const nan = dtype === 'float32';
  const [low, high] = op === 'argmax' ? ['best', 'v'] : ['v', 'best'];
  const greater = dtype === 'bool' ? `!${low} && ${high}` : `${high} > ${low}`;
  const text = `fn ${name}(v: ${value}, i: i32, best: ${value}, at: i32) -> bool {
  if (i < 0) { return false; }
  if (at < 0) { return true; }
${nan ? '  if (is_nan(best)) { return is_nan(v) && i < at; }\n  if (is_nan(v)) { return true; }\n' : ''}  return (${greater}) || (v == best && i < at);
}
`;
  return { name, text };
}

interface Slot {
  readonly reduction: Reduction;
  /** Dtype of the values that are compared or added. */
  readonly dtype: DType;
  /** Number of the reduction in the whole kernel. */
  readonly number: number;
}

const slotsOf = (stages: readonly Stage[]): Slot[] => {
  let number = 0;
  return stages.flatMap(stage =>
    stage.kind === 'reduce'
      ? stage.reductions.map(reduction => ({
          reduction,
          number: number++,
          dtype: dtypeAt(stage.steps, reduction.value),
        }))
      : [],
  );
};

const dtypeAt = (steps: readonly Step[], i: number): DType => steps[i]?.dtype ?? 'float32';

/** Partial results in scratch: the values, and for argmax and argmin their places. */
const scratchTypes = (kernel: LoopKernel): string[] =>
  slotsOf(kernel.stages).flatMap(({ reduction, dtype }) => [
    wgslType(dtype).stored,
    ...(isArg(reduction) ? ['i32'] : []),
  ]);

function loopPass(kernel: LoopKernel, plan: Phased): WgslPass {
  const math = new MathFunctions();
  const slots = slotsOf(kernel.stages);
  const { phase } = plan;
  const threads = plan.kind === 'thread' ? 64 : plan.size;
  const parts = plan.kind === 'split' ? plan.parts : 1;
  const spaceNames = kernel.space.map((_, i) => `i${i}`);
  const loops = [...spaceNames, ...kernel.reduce.map((_, i) => `j${i}`)];
  const cooperative = plan.kind !== 'thread';
  const helpers = new Map(
    slots
      .filter(({ reduction }) => isArg(reduction))
      .map(({ reduction, dtype }) => {
        const { name, text } = beats(reduction.op, dtype);
        return [name, text] as const;
      }),
  );
  const product = (sizes: LoopKernel['space']): string => String(known(sizes) ?? (sizes.map(int).join(' * ') || '1'));

  /** Splits a counter into the loops, innermost last. */
  const decompose = (counter: string, names: readonly string[], sizes: LoopKernel['space']): string => {
    if (names.length === 1) return `  let ${names[0]} = ${counter};\n`;
    let text = names.length === 0 ? '' : `  var rest_${counter} = ${counter};\n`;
    for (let i = names.length - 1; i >= 0; i--) {
      const size = int(sizes[i] ?? 1);
      text +=
        i === 0
          ? `  let ${names[i]} = rest_${counter};\n`
          : `  let ${names[i]} = rest_${counter} % ${size}; rest_${counter} /= ${size};\n`;
    }
    return text;
  };
  const body = (steps: readonly Step[]): string => emitSteps(steps, { loops, math, names: i => `t${i}` });

  /** Threads of a workgroup share the reduce loops; the partial pass shares them among `parts` workgroups too. */
  const overReduce = (text: string, share = true): string => {
    const [start, step] =
      !cooperative || !share
        ? ['0', '1']
        : phase === 'partial'
          ? [`part * ${threads} + lane`, `${threads * parts}`]
          : ['lane', `${threads}`];
    return `  for (var q = ${start}; q < ${product(kernel.reduce)}; q += ${step}) {\n${decompose('q', loops.slice(spaceNames.length), kernel.reduce)}${text}  }\n`;
  };

  const merge = ({ reduction, dtype, number: n }: Slot, into: string, value: string, at: string): string =>
    isArg(reduction)
      ? `if (${beats(reduction.op, dtype).name}(${value}, ${at}, ${into}${n}, ${into}i${n})) { ${into}${n} = ${value}; ${into}i${n} = ${at}; }\n`
      : `${into}${n} = ${combine(reduction.op, dtype, `${into}${n}`, value)};\n`;
  const declare = ({ reduction, dtype, number: n }: Slot): string =>
    `  var a${n}: ${wgslType(dtype).value} = ${identity(reduction.op, dtype)};\n` +
    (isArg(reduction) ? `  var ai${n}: i32 = -1;\n` : '');
  const blocked = ({ reduction, dtype }: Slot): boolean => reduction.op === 'sum' && dtype === 'float32';

  /** The tree over the workgroup: afterwards element 0 of the shared arrays holds the result. */
  const tree = (own: readonly Slot[]): string => {
    const write = own.map(
      ({ reduction, number: n }) => `  sh${n}[lane] = a${n};${isArg(reduction) ? ` shi${n}[lane] = ai${n};` : ''}\n`,
    );
    const joins = own.map(slot => {
      const { reduction, dtype, number: n } = slot;
      if (isArg(reduction))
        return `      if (${beats(reduction.op, dtype).name}(sh${n}[lane + s], shi${n}[lane + s], sh${n}[lane], shi${n}[lane])) { sh${n}[lane] = sh${n}[lane + s]; shi${n}[lane] = shi${n}[lane + s]; }\n`;
      return `      sh${n}[lane] = ${combine(reduction.op, dtype, `sh${n}[lane]`, `sh${n}[lane + s]`)};\n`;
    });
    return `${write.join('')}  workgroupBarrier();\n  for (var s = ${threads / 2}; s > 0; s /= 2) {\n    if (lane < s) {\n${joins.join('')}    }\n    workgroupBarrier();\n  }\n`;
  };
  const finish = (own: readonly Slot[]): string => {
    const result = ({ reduction, number: n }: Slot): string => {
      const name = isArg(reduction) ? 'i' : '';
      return `  let r${n} = ${cooperative ? `sh${name}${n}[0]` : `a${name}${n}`};\n`;
    };
    return (cooperative ? tree(own) : '') + own.map(result).join('') + (cooperative ? '  workgroupBarrier();\n' : '');
  };

  const scratchStart = kernel.buffers.length;
  /** Number of the scratch buffer with the values of a reduction; places follow. */
  const scratchOf = (n: number): number =>
    scratchStart + slots.slice(0, n).reduce((sum, { reduction }) => sum + (isArg(reduction) ? 2 : 1), 0);

  const reduceStage = (stage: Stage & { kind: 'reduce' }, own: readonly Slot[]): string => {
    if (phase === 'final') {
      const feeds = own.map(slot => {
        const from = scratchOf(slot.number);
        const value = slot.dtype === 'bool' ? `(b${from}[at] != 0u)` : `b${from}[at]`;
        return `    ${merge(slot, 'a', value, `b${from + 1}[at]`)}`;
      });
      const loop = `  for (var q = lane; q < ${parts}; q += ${threads}) {\n    let at = unit * ${parts} + q;\n${feeds.join('')}  }\n`;
      return own.map(declare).join('') + loop + finish(own);
    }
    // Long float sums are added up in blocks of 64, so that errors grow with the number of blocks only.
    const totals = own.filter(blocked).map(({ number: n }) => `  var total${n} = 0.0f;\n  var count${n} = 0;\n`);
    const feeds = own.map(slot => {
      const { number: n, reduction } = slot;
      const feed = `    ${merge(slot, 'a', `t${reduction.value}`, 'q')}`;
      return blocked(slot)
        ? `${feed}    count${n} += 1;\n    if ((count${n} & 63) == 0) { total${n} += a${n}; a${n} = 0.0f; }\n`
        : feed;
    });
    const close = own.filter(blocked).map(({ number: n }) => `  a${n} = total${n} + a${n};\n`);
    const sums =
      own.map(declare).join('') + totals.join('') + overReduce(body(stage.steps) + feeds.join('')) + close.join('');
    if (phase !== 'partial') return sums + finish(own);
    const saves = own.map(({ number: n, reduction, dtype }) => {
      const to = scratchOf(n);
      return `    ${stored(to, 'unit', `sh${n}[0]`, dtype)}${isArg(reduction) ? `    b${to + 1}[unit] = shi${n}[0];\n` : ''}`;
    });
    return `${sums}${tree(own)}  if (lane == 0) {\n${saves.join('')}  }\n`;
  };

  const storesOf = (stage: Stage & { kind: 'map' }): string =>
    stage.stores
      .map(
        ({ access, value }) =>
          `  ${stored(access.buffer, position(access, loops), `t${value}`, dtypeAt(stage.steps, value))}`,
      )
      .join('');
  const emitStage = (stage: Stage): string => {
    switch (stage.kind) {
      case 'reduce':
        return reduceStage(
          stage,
          slots.filter(({ reduction }) => stage.reductions.includes(reduction)),
        );
      case 'map': {
        const text = body(stage.steps) + storesOf(stage);
        if (stage.over === 'all') return overReduce(text);
        return cooperative ? `  if (lane == 0) {\n${text}  }\n` : `  {\n${text}  }\n`;
      }
      case 'scan': {
        const dtype = dtypeAt(stage.steps, stage.value);
        const store = `  ${stored(stage.store.buffer, position(stage.store, loops), 'running', dtype)}`;
        const next = combine(stage.op, dtype, 'running', `t${stage.value}`);
        // From the first value on, not from the identity: 0 + -0 would be 0.
        const text = `${body(stage.steps)}  if (q == 0) { running = t${stage.value}; } else { running = ${next}; }\n${store}`;
        return `  {\n  var running: ${wgslType(dtype).value} = ${identity(stage.op, dtype)};\n${overReduce(text, false)}  }\n`;
      }
    }
  };

  const stages = phase === 'partial' ? kernel.stages.slice(0, 1) : kernel.stages;
  const main = stages.map(emitStage).join('');
  const shared = cooperative
    ? slots.map(({ reduction, dtype, number: n }) => {
        const places = isArg(reduction) ? `var<workgroup> shi${n}: array<i32, ${threads}>;\n` : '';
        return `var<workgroup> sh${n}: array<${wgslType(dtype).value}, ${threads}>;\n${places}`;
      })
    : [];

  const used = bindingsOf(kernel, stages, phase, scratchTypes(kernel).length);
  const types = [...kernel.buffers.map(({ dtype }) => wgslType(dtype).stored), ...scratchTypes(kernel)];
  const units = `${product(kernel.space)}${phase === 'partial' ? ` * ${parts}` : ''}`;
  const counter = cooperative ? 'let unit = group;' : `let unit = group * ${threads} + lane;`;
  const row =
    phase === 'partial' ? `  let row = unit / ${parts};\n  let part = unit % ${parts};\n` : '  let row = unit;\n';
  return {
    source: `${prelude}${[...helpers.values()].join('')}${math.text}${bindingTexts(used, types, kernel.params)}${shared.join('')}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let lane = i32(local);
  let group = i32(id.y * groups.x + id.x);
  ${counter}
  if (unit >= ${units}) { return; }
${row}${decompose('row', spaceNames, kernel.space)}${main}}
`,
    bindings: used,
    workgroups(params) {
      const rows = kernel.space.reduce<number>(
        (n, size) => n * (typeof size === 'number' ? size : (params[size.param] ?? 0)),
        1,
      );
      return cooperative ? rows * (phase === 'partial' ? parts : 1) : Math.ceil(rows / threads);
    },
  };
}

/** The buffers that a pass touches. */
function bindingsOf(
  kernel: LoopKernel,
  stages: readonly Stage[],
  phase: Phased['phase'],
  scratch: number,
): WgslPass['bindings'] {
  const touched = new Set<number>();
  stages.forEach((stage, i) => {
    const reads = !(phase === 'final' && i === 0);
    if (reads)
      for (const step of stage.steps) if (step.op === 'load' || step.op === 'loadAt') touched.add(step.access.buffer);
    if (stage.kind === 'map') for (const { access } of stage.stores) touched.add(access.buffer);
    if (stage.kind === 'scan') touched.add(stage.store.buffer);
  });
  return [
    ...kernel.buffers.flatMap(({ role }, buffer) =>
      touched.has(buffer) ? [{ buffer, writes: role === 'write' }] : [],
    ),
    ...(phase
      ? Array.from({ length: scratch }, (_, i) => ({ buffer: kernel.buffers.length + i, writes: phase === 'partial' }))
      : []),
  ];
}

/** The declarations of bound buffers; params come after them. */
export function bindingTexts(bindings: WgslPass['bindings'], types: readonly string[], params: number): string {
  const texts = bindings.map(
    ({ buffer, writes }, i) =>
      `@group(0) @binding(${i}) var<storage, ${writes ? 'read_write' : 'read'}> b${buffer}: array<${types[buffer]}>;\n`,
  );
  if (params > 0) texts.push(`@group(0) @binding(${bindings.length}) var<storage, read> params: array<i32>;\n`);
  return texts.join('');
}
