// The point at which a gradient is taken, as a user writes it: `x=[1.0, 2.0], n=3`, or a JSON object. Pure text.

const literals: Readonly<Record<string, string>> = {
  True: 'true',
  False: 'false',
  None: 'null',
  nan: '"nan"',
  inf: '"inf"',
};
const token =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_][\w.]*|[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|\s+|./gu;

/** JSON text of the arguments, numbers as they were written; or what is wrong with the text. */
export function pointOf(
  text: string,
  parameters: readonly string[],
): { readonly json: string } | { readonly problem: string } {
  const trimmed = text.trim();
  const json = trimmed.startsWith('{') ? trimmed : `{${jsonOf(trimmed)}}`;
  let point: unknown;
  try {
    point = JSON.parse(json);
  } catch {
    return { problem: `Write the arguments as in a call: ${exampleOf(parameters)}` };
  }
  const unknown = Object.keys(point as object).find(name => !parameters.includes(name));
  if (unknown !== undefined) return { problem: `The function has no argument ${unknown}.` };
  return { json };
}

/** A call's arguments as the inside of a JSON object. */
function jsonOf(text: string): string {
  const tokens = text.match(token) ?? [];
  const out: string[] = [];
  tokens.forEach((each, i) => {
    const next = tokens.slice(i + 1).find(other => other.trim());
    if (/^[A-Za-z_]/.test(each))
      out.push(next === '=' ? JSON.stringify(each) : (literals[each] ?? wrapper(each, next)));
    else if (each.startsWith("'")) out.push(JSON.stringify(each.slice(1, -1)));
    else if (/^[-+]?[\d.]/.test(each)) out.push(numberOf(each));
    else out.push(each === '=' ? ':' : each);
  });
  return brackets(out)
    .replace(/,(\s*\])/g, '$1')
    .replace(/,\s*$/, '');
}

/** `np.array(` and `tf.constant(` say what a list is already. */
const wrapper = (name: string, next: string | undefined): string =>
  next === '(' && /(?:^|\.)(?:array|asarray|constant)$/.test(name) ? '\u0000' : name;

/** Python's tuples are JSON's lists; the parentheses of a wrapper go. */
function brackets(tokens: readonly string[]): string {
  const closing: string[] = [];
  let out = '';
  let bare = false;
  for (const each of tokens) {
    if (each === '\u0000') bare = true;
    else if (each === '(') {
      out += bare ? '' : '[';
      closing.push(bare ? '' : ']');
      bare = false;
    } else if (each === ')') out += closing.pop() ?? ')';
    else out += each;
  }
  return out;
}

/** `1.` and `.5` are no numbers of JSON. */
function numberOf(text: string): string {
  const plain = text.replaceAll('_', '').replace(/^\+/, '');
  return plain.replace(/^(-?)\./, '$10.').replace(/\.(?=$|[eE])/, '.0');
}

export const exampleOf = (parameters: readonly string[]): string =>
  parameters.map((name, i) => `${name}=${i === 0 ? '[1.0, 2.0]' : '0.5'}`).join(', ');
