// Matrix products in WGSL: a workgroup of 16 × 16 threads computes a tile of the result, each thread `micro` × `micro`
// elements of it, from tiles of the operands that the workgroup brings into its shared memory.
import type { Access, ContractKernel } from '../schedule/kernel.ts';
import { bindingTexts, type WgslPass } from './wgsl.ts';
import { emitSteps, MathFunctions, NotOnGpu, position, prelude, stored, wgslType } from './wgslBody.ts';

const side = 16;
const threads = side * side;
/** Steps of k per tile. */
const depth = 16;

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

export function contractPass(kernel: ContractKernel): WgslPass {
  const { dtype, batch, m, n, k, buffers, lhs, rhs, epilogue } = kernel;
  if (dtype !== 'float32' && dtype !== 'int32') throw new NotOnGpu(`no product of ${dtype} on the GPU`);
  const type = wgslType(dtype).value;
  const micro = m >= 64 && n >= 64 ? 4 : 1;
  const tile = side * micro;
  const [rows, columns] = [Math.ceil(m / tile), Math.ceil(n / tile)];
  const batchNames = batch.map((_, i) => `i${i}`);
  const loops = [...batchNames, 'm', 'n', 'k'];
  const math = new MathFunctions();
  const steps = emitSteps(epilogue.steps, { loops, math, names: i => `t${i}` });
  const stores = epilogue.stores.map(({ access, value }) => {
    const dtype = epilogue.steps[value]?.dtype ?? kernel.dtype;
    return `  ${stored(access.buffer, position(access, loops), `t${value}`, dtype)}`;
  });

  /** Brings a tile in; neighbouring threads read along the axis that is contiguous in memory. */
  const bring = (to: string, access: Access, free: 'm' | 'n', size: number, start: string): string => {
    const [freeStride, depthStride] = [
      access.strides[batch.length + (free === 'm' ? 0 : 1)],
      access.strides[batch.length + 2],
    ];
    const alongDepth = depthStride === 1 && freeStride !== 1;
    return range((tile * depth) / threads)
      .map(e => {
        const at = `lane + ${e * threads}`;
        const [inFree, inDepth] = alongDepth
          ? [`(${at}) / ${depth}`, `(${at}) % ${depth}`]
          : [`(${at}) % ${tile}`, `(${at}) / ${tile}`];
        return `    {
      let f = ${inFree}; let d = ${inDepth};
      let ${free} = ${start} + f; let k = first + d;
      var value: ${type} = ${type}(0);
      if (${free} < ${size} && k < ${k}) { value = b${access.buffer}[${position(access, loops)}]; }
      ${to}[d * ${tile} + f] = value;
    }\n`;
      })
      .join('');
  };
  const cells = range(micro).flatMap(r => range(micro).map(c => [r, c] as const));
  const decompose = batchNames
    .map((name, i) => ({ name, size: batch[i] ?? 1 }))
    .reverse()
    .map(({ name, size }) => `  let ${name} = rest % ${size}; rest /= ${size};\n`)
    .join('');
  const touched = new Set<number>([lhs.buffer, rhs.buffer]);
  for (const step of epilogue.steps) if (step.op === 'load' || step.op === 'loadAt') touched.add(step.access.buffer);
  for (const { access } of epilogue.stores) touched.add(access.buffer);
  const bindings = buffers.flatMap(({ role }, buffer) =>
    touched.has(buffer) ? [{ buffer, writes: role === 'write' }] : [],
  );
  const types = buffers.map(buffer => wgslType(buffer.dtype).stored);

  return {
    source: `${prelude}${math.text}${bindingTexts(bindings, types, 0)}var<workgroup> left: array<${type}, ${tile * depth}>;
var<workgroup> right: array<${type}, ${tile * depth}>;

fn finish(${[...batchNames, 'm', 'n'].map(name => `${name}: i32, `).join('')}r0: ${type}) {
  if (m >= ${m} || n >= ${n}) { return; }
${steps}${stores.join('')}}

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let lane = i32(local);
  var rest = i32(id.y * groups.x + id.x);
  if (rest >= ${batch.reduce((a, b) => a * b, rows * columns)}) { return; }
  let column = (rest % ${columns}) * ${tile}; rest /= ${columns};
  let row = (rest % ${rows}) * ${tile}; rest /= ${rows};
${decompose}  let x = (lane % ${side}) * ${micro};
  let y = (lane / ${side}) * ${micro};
${cells.map(([r, c]) => `  var sum${r}_${c}: ${type} = ${type}(0);\n`).join('')}  for (var first = 0; first < ${k}; first += ${depth}) {
${bring('left', lhs, 'm', m, 'row')}${bring('right', rhs, 'n', n, 'column')}    workgroupBarrier();
    for (var d = 0; d < ${depth}; d += 1) {
${range(micro)
  .map(r => `      let l${r} = left[d * ${tile} + y + ${r}];\n      let r${r} = right[d * ${tile} + x + ${r}];\n`)
  .join('')}${cells.map(([r, c]) => `      sum${r}_${c} += l${r} * r${c};\n`).join('')}    }
    workgroupBarrier();
  }
${cells.map(([r, c]) => `  finish(${[...batchNames, `row + y + ${r}`, `column + x + ${c}`, `sum${r}_${c}`].join(', ')});\n`).join('')}}
`,
    bindings,
    workgroups: () => batch.reduce((a, b) => a * b, rows * columns),
  };
}
