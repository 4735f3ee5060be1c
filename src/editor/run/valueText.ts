// A value in a few characters, as it stands beside the line that made it. Pure.
import type { Figure } from '../../shared/tensors.ts';
import type { LineResult } from '../../shared/trace.ts';

/** A number with few digits: `0.0013`, `-3.1`, `1.2e+9`; whole numbers in full. */
export function shortNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return String(value);
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(1).replace('e+', 'e');
  return String(Number(value.toPrecision(size >= 100 ? 4 : 3)));
}

/** What a figure shows: `2 curves, 1 image`. */
export function figureText({ axes }: Figure): string {
  const marks = axes.flatMap(each => each.marks);
  const words = { line: 'curve', points: 'cloud', bars: 'bar chart', image: 'image' } as const;
  const counts = Object.entries(words).map(([kind, word]) => {
    const count = marks.filter(mark => mark.kind === kind).length;
    return count > 0 ? `${count} ${word}${count > 1 ? 's' : ''}` : '';
  });
  return counts.filter(Boolean).join(', ') || 'empty';
}

/** `f64[64,784]`. */
export function typeText({ dtype, shape }: LineResult): string {
  const short = dtype
    .replace(/^float(?=\d)/, 'f')
    .replace(/^uint(?=\d)/, 'u')
    .replace(/^int(?=\d)/, 'i');
  return isArray(dtype) ? `${short}[${shape.join(',')}]` : dtype;
}

const isArray = (dtype: string): boolean => /^(?:bool|u?int\d+|float\d+|complex\d+|bfloat16|string)$/.test(dtype);

/** Whether a value says something of itself; an address in memory says nothing. */
export const isTelling = ({ repr }: LineResult): boolean => !/^<[^>]* at 0x[0-9a-fA-F]+>$/.test(repr);

/** The text of a result, at most `width` characters. */
export function valueText(result: LineResult, width = 60): string {
  const { shape, repr } = result;
  const many = shape.length > 0;
  return cut(many ? arrayText(result, width) : plain(repr), width);
}

/** What a statement gave that binds several names: `h 32  w 48`; as many as there is room for, and how many more there are. */
export function namedText(results: readonly LineResult[], width = 60): string {
  const share = Math.max(12, Math.floor(width / results.length) - 2);
  const parts = results.map(result => `${result.name} ${valueText(result, share - result.name.length)}`);
  let shown = parts.length;
  while (shown > 1 && parts.slice(0, shown).join('  ').length > width) shown--;
  const rest = parts.length - shown;
  return parts.slice(0, shown).join('  ') + (rest > 0 ? `  +${rest}` : '');
}

export const cut = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, Math.max(1, width - 1))}…` : text;

/** One line of a repr, without the wrapper around a scalar: `np.float64(0.5)` is 0.5. */
export function plain(repr: string): string {
  const flat = repr.replace(/\s*\n\s*/g, ' ').replace(/ at 0x[0-9a-fA-F]+$/, '');
  const wrapped =
    /^np\.\w+\(([^()]*)\)$/.exec(flat)?.[1] ?? /^<tf\.(?:Tensor|Variable)\b.*\bnumpy=(.*)>$/.exec(flat)?.[1];
  return wrapped ?? flat;
}

function arrayText({ shape, repr, summary }: LineResult, width: number): string {
  if (shape.includes(0)) return 'empty';
  const elements = elementsOf(repr);
  const size = shape.reduce((all, each) => all * each, 1);
  if (!summary || summary.min === null || summary.max === null) return elements ?? plain(repr);
  const { min, max, mean, nonFinite, spark } = summary;
  const odd = nonFinite ? `${nonFinite.toLocaleString('en')} not finite  ` : '';
  if (min === max && size > 2) return odd ? `${odd}else ${shortNumber(min)}` : `all ${shortNumber(min)}`;
  if (elements !== null && !elements.includes('...') && elements.length <= Math.min(width, 40)) return elements;
  if (nonFinite === 0 && shape.length === 1 && elements !== null && /^\[-?\d{1,4}(?: -?\d{1,4}){4}/.test(elements))
    return `${elements.split(' ').slice(0, 5).join(' ')} …]`;
  const ends = spark?.kind === 'series' && odd === '' ? trend(spark.values) : null;
  if (ends) return ends;
  const range = `${shortNumber(min)} … ${shortNumber(max)}`;
  return mean === null ? `${odd}${range}` : `${odd}${range}  mean ${shortNumber(mean)}`;
}

/** What stands in the brackets of an array's repr, on one line and without commas. */
function elementsOf(repr: string): string | null {
  const open = /^array\(|numpy=array\(|numpy=/.exec(repr);
  if (!open) return null;
  const rest = repr.slice(open.index + open[0].length);
  const end = rest.lastIndexOf(']');
  if (!rest.startsWith('[') || end < 0) return null;
  return rest
    .slice(0, end + 1)
    .replace(/,/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\[ /g, '[')
    .replace(/ \]/g, ']')
    .replace(/\.(?=[ \]])/g, '.');
}

/** `2.3 → 0.42` for a series that goes one way nearly all the time, as a loss does. */
function trend(values: readonly (number | null)[]): string | null {
  const known = values.filter(value => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || known.length < 16 || first === last) return null;
  const sign = Math.sign(last - first);
  const along = known.filter((value, at) => at > 0 && Math.sign(value - (known[at - 1] ?? value)) === sign).length;
  return along >= 0.9 * (known.length - 1) ? `${shortNumber(first)} → ${shortNumber(last)}` : null;
}
