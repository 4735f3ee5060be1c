// Renders the template of a rule's form: placeholders by mode, optional sections, parentheses where an operator stands beside.
import type { DType } from '../../shared/dtypes.ts';
import type { Term } from './term.ts';
import { bare, isAtom, parens } from './term.ts';

export interface Slots {
  /** The argument `name` in a mode; null where it is not given (or None). */
  fill(name: string, mode: string): Term | null;
  readonly dtype: DType | null;
  readonly axis: number | undefined;
  /** Placeholders stand where operands stood: what was an operand of an operator needs no new parentheses. */
  readonly operands: boolean;
}

const placeholder = /\{(\w+)(?::(\w+))?\}/g;

/** The text of a form; null where an argument outside optional sections is missing. */
export function renderTemplate(template: string, slots: Slots): string | null {
  const sections = template.split(/«([^»]*)»/);
  let out = '';
  for (const [index, section] of sections.entries()) {
    const text = renderSection(section, slots, out);
    if (text === null && index % 2 === 0) return null;
    out += text ?? '';
  }
  return out;
}

function renderSection(section: string, slots: Slots, before: string): string | null {
  let out = '';
  let at = 0;
  for (const match of section.matchAll(placeholder)) {
    const [whole, name = '', mode = 'own'] = match;
    out += section.slice(at, match.index);
    at = match.index + whole.length;
    if (name === 'dtype') {
      if (!slots.dtype) return null;
      out += `tf.${slots.dtype}`;
      continue;
    }
    if (name === 'axis' && mode === 'own') {
      out += String(slots.axis ?? 0);
      continue;
    }
    const term = slots.fill(name, mode);
    if (!term) return null;
    out += embed(term, (before + out).trimEnd(), section.slice(at).trimStart(), slots.operands);
  }
  return out + section.slice(at);
}

/** A term between what stands before and after it, with parentheses where they are needed. */
function embed(term: Term, before: string, after: string, operands: boolean): string {
  const receiver = /^[.[]/.test(after);
  const delimited =
    !receiver && (before === '' || /[([{,=*]$/.test(before)) && (after === '' || /^[)\]},:»]/.test(after));
  const plain = delimited && !(before.endsWith('*') && !/[(,[]\s*\*{1,2}$/.test(before)) && !/[=!<>]=$/.test(before);
  if (plain && (before !== '' || after !== '')) return bare(term.text);
  if (!receiver && /^\d+\.?$/.test(term.text)) return term.text;
  if (before === '' && /^-[\d.]+$/.test(term.text) && !/^(\*\*|[.[])/.test(after)) return term.text;
  if (term.form === 'atom' || isAtom(term.text)) return term.text;
  if (plain && (before !== '' || after === '')) return term.text;
  if (!receiver && operands && term.form === 'same') return term.text;
  return parens(term.text);
}
