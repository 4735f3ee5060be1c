// Python signatures as text → parameters, and the binding of a call's arguments to them.
import type { SyntaxNode } from '../../syntax/index.ts';
import type { AbstractValue } from '../types.ts';

export interface Parameter {
  readonly name: string;
  readonly kind: 'positional' | 'both' | 'keyword' | 'rest' | 'keywords';
  readonly default: string | null;
}

export interface Argument {
  /** Null for a receiver or a value that stands nowhere in the text. */
  readonly node: SyntaxNode | null;
  readonly value: AbstractValue;
}

/** The arguments of a call as they stand. */
export interface CallArguments {
  readonly positional: readonly Argument[];
  readonly keywords: ReadonlyMap<string, Argument>;
  /** `*args` or `**kwargs` of unknown content were passed. */
  readonly open: boolean;
}

/** Arguments by parameter name; parameters that were left out are absent. */
export interface Bound {
  readonly args: ReadonlyMap<string, Argument>;
  readonly rest: readonly Argument[];
}

const parsed = new Map<string, readonly Parameter[]>();

/** Splits `(a, /, b=1, *rest, c=<class 'float'>, **kw)` at its commas; brackets, quotes and <…> protect. */
export function parseSignature(signature: string): readonly Parameter[] {
  const known = parsed.get(signature);
  if (known) return known;
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  for (const unit of signature.trim().slice(1, -1)) {
    if (quote) quote = unit === quote ? '' : quote;
    else if (unit === "'" || unit === '"') quote = unit;
    else if ('([{<'.includes(unit)) depth++;
    else if (')]}>'.includes(unit)) depth--;
    if (unit === ',' && depth === 0 && !quote) {
      parts.push(part);
      part = '';
    } else part += unit;
  }
  parts.push(part);
  let parameters: Parameter[] = [];
  let keywordOnly = false;
  for (const text of parts.map(item => item.trim())) {
    if (text === '') continue;
    if (text === '/') parameters = parameters.map(p => (p.kind === 'both' ? { ...p, kind: 'positional' } : p));
    else if (text === '*') keywordOnly = true;
    else if (text.startsWith('**')) parameters.push({ name: text.slice(2), kind: 'keywords', default: null });
    else if (text.startsWith('*')) {
      parameters.push({ name: text.slice(1), kind: 'rest', default: null });
      keywordOnly = true;
    } else {
      const [name = '', ...rest] = text.split('=');
      parameters.push({
        name: name.split(':')[0]?.trim() ?? '',
        kind: keywordOnly ? 'keyword' : 'both',
        default: rest.length > 0 ? rest.join('=').trim() : null,
      });
    }
  }
  parsed.set(signature, parameters);
  return parameters;
}

/** Binds as Python does; null where the call does not fit the signature or its arguments are not known. */
export function bindArguments(parameters: readonly Parameter[], call: CallArguments): Bound | null {
  if (call.open) return null;
  const args = new Map<string, Argument>();
  const rest: Argument[] = [];
  const slots = parameters.filter(p => p.kind === 'positional' || p.kind === 'both');
  const takesRest = parameters.some(p => p.kind === 'rest');
  for (const [i, argument] of call.positional.entries()) {
    const slot = slots[i];
    if (slot) args.set(slot.name, argument);
    else if (takesRest) rest.push(argument);
    else return null;
  }
  const takesKeywords = parameters.some(p => p.kind === 'keywords');
  for (const [name, argument] of call.keywords) {
    const slot = parameters.find(p => p.name === name && (p.kind === 'both' || p.kind === 'keyword'));
    if (!slot && !takesKeywords) return null;
    if (args.has(name)) return null;
    args.set(name, argument);
  }
  for (const p of parameters)
    if (['positional', 'both', 'keyword'].includes(p.kind) && p.default === null && !args.has(p.name)) return null;
  return { args, rest };
}
