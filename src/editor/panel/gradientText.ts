// What is said of a gradient beside the code, in its hover and in the table. Pure text.
import type { Grad, Nested } from '../../service/grad.ts';
import type { GradientResult, RunResult } from '../../shared/trace.ts';

/** Beyond this relative error, tape and central differences disagree: what a tape in float32 may lose. */
export const checkBound = 1e-3;
/** Inline text names so many gradients. */
const mostNamed = 3;

const short = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(3))).replace('e-', 'e−') : String(value);
const error = (value: number): string => value.toExponential(0).replace('e-', 'e−');

export function checkText(maxRel: number | null | undefined): string {
  if (maxRel === null || maxRel === undefined) return 'not checked';
  if (maxRel === 0) return '✓ checked, exact';
  return maxRel <= checkBound ? `✓ checked ${error(maxRel)}` : `✗ differs from central differences by ${error(maxRel)}`;
}

/** `∂loss/∂W ‖·‖ 0.31 ✓ checked 8e−10`. */
export function inlineText({ gradients }: Grad): string {
  const named = gradients.slice(0, mostNamed).map(each => {
    const size = each.shape.length ? `‖·‖ ${short(each.norm)}` : `= ${short(Number(each.value))}`;
    const broken = each.nonFinite ? ` · ${each.nonFinite} not finite` : '';
    return `∂${each.target}/∂${each.source} ${size}${broken} ${checkText(each.checkMaxRel)}`;
  });
  const more = gradients.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('   ');
}

/** Nested lists as Python writes them, cut after so many characters. */
export function valueText(value: Nested, most = 60): string {
  const text = (JSON.stringify(value) ?? 'None')
    .replaceAll(',', ', ')
    .replace(/"(NaN|-?Infinity)"/g, (_, name: string) => ({ NaN: 'nan', Infinity: 'inf' })[name] ?? '-inf')
    .replace(/\b(?:true|false|null)\b/g, word => ({ true: 'True', false: 'False' })[word] ?? 'None');
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** `loss(w=[0.5, -0.25], n=3) = 0.58`. */
export function callText({ at, value, summed }: Grad, name: string): string {
  const point = Object.entries(at).map(([argument, each]) => `${argument}=${valueText(each)}`);
  return `${name}(${point.join(', ')}) = ${valueText(value)}${summed ? ' (the gradient is that of its sum)' : ''}`;
}

/** The rows and the graph as a run, so that everything that shows runs can show them. */
export function gradientRun(answer: Grad, name: string): RunResult {
  const { run, gradients } = answer;
  return {
    status: 'ok',
    stdout: `${callText(answer, name)}\n`,
    stderr: '',
    error: null,
    device: run?.device ?? { name: 'CPU', kind: 'wasm', software: false },
    lines: [],
    gradients: gradients.map(({ value, histogram, ...row }): GradientResult => ({
      ...row,
      value: valueText(value, 400),
      ...(histogram ? { histogram } : {}),
    })),
    graph: run?.graph ?? { nodes: [], edges: [] },
    ms: run?.ms ?? { start: 0, run: 0 },
  };
}
