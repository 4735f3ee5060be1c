// A converted expression: its text, what it evaluates to, and how it may be put into other expressions.
import type { DType } from '../../shared/dtypes.ts';
import type { Range } from '../../shared/positions.ts';
import type { RefusalName } from '../rules/index.ts';
import type { SyntaxNode } from '../syntax/index.ts';

/** tensor: arrays in it are tensors. numpy: arrays in it are ndarrays. python: there are no arrays in it that are known. */
export type Rep = 'tensor' | 'numpy' | 'python';

export interface Term {
  readonly text: string;
  readonly rep: Rep;
  /** dtype of a tensor in the converted program (which the float32 policy may have narrowed). */
  readonly dtype: DType | null;
  /** atom: can stand anywhere. same: as loose as the original expression. compound: needs parentheses beside an operator. */
  readonly form: 'atom' | 'same' | 'compound';
}

/** What the surroundings of an expression want. stay: the NumPy text, with tensors handed over by numpy(). */
export type Want = 'any' | 'tensor' | 'numpy' | 'stay';

/** Thrown where an expression has no TensorFlow form; caught where it can stay NumPy. */
export class Refused extends Error {
  readonly reason: RefusalName;
  readonly node: SyntaxNode;
  constructor(reason: RefusalName, node: SyntaxNode, message: string) {
    super(message);
    this.reason = reason;
    this.node = node;
  }
}

export interface BlockedAt {
  readonly rule: string;
  readonly range: Range;
  readonly reason: string;
  readonly node: SyntaxNode;
}

const openers = '([{';
const closers = ')]}';

/** Calls `visit` with each unit outside strings, and its bracket depth. */
function scan(text: string, visit: (unit: string, depth: number, at: number) => boolean): void {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text[i] ?? '';
    if (unit === '#') {
      const end = text.indexOf('\n', i);
      i = (end < 0 ? text.length : end) - 1;
      continue;
    }
    if (unit === '"' || unit === "'") {
      const triple = unit.repeat(3);
      const quote = text.startsWith(triple, i) ? triple : unit;
      let at = i + quote.length;
      while (at < text.length && !text.startsWith(quote, at)) at += text[at] === '\\' ? 2 : 1;
      i = at + quote.length - 1;
      continue;
    }
    if (closers.includes(unit)) depth--;
    if (!visit(unit, depth, i)) return;
    if (openers.includes(unit)) depth++;
  }
}

/** Whether a text is one name, literal, call, subscript or bracket. */
export function isAtom(text: string): boolean {
  let atom = true;
  scan(text, (unit, depth) => {
    if (depth === 0 && !/[\w.()[\]{}]/.test(unit)) atom = false;
    return atom;
  });
  return (atom && !/^\d+\.?$/.test(text)) || /^\d[\d.]*e[-+]\d+$/i.test(text);
}

/** Whether a line break stands outside all brackets, so that the statement would end there. */
export function breaksOutside(text: string): boolean {
  let found = false;
  scan(text, (unit, depth, at) => {
    if (depth === 0 && unit === '\n' && text[at - 1] !== '\\') found = true;
    return !found;
  });
  return found;
}

/** A text without the parentheses around it, where they hold one expression on one line. */
export function bare(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')') || text.includes('\n')) return text;
  let closes = -1;
  let comma = false;
  scan(text, (unit, depth, at) => {
    if (unit === ')' && depth === 0 && closes < 0) closes = at;
    if (unit === ',' && depth === 1) comma = true;
    return true;
  });
  const inner = text.slice(1, -1);
  const special = comma || inner === '' || /\bfor\b|\blambda\b|:=|\byield\b/.test(inner);
  return closes === text.length - 1 && !special ? inner : text;
}

export const parens = (text: string): string => `(${text})`;

/** Comments inside an expression's text. */
export function commentsIn(node: SyntaxNode): readonly string[] {
  return [...node.walk()].filter(found => found.kind === 'comment').map(found => found.text);
}
