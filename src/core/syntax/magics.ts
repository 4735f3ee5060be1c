// IPython lines in a Python text: found, and masked by something of the same length, so that the rest can be parsed and
// every range stays true. `%timeit` inside an expression (which is not even IPython) becomes blanks before its expression.

export interface Magic {
  /** `timeit`, `matplotlib`, `!` for the shell, `?` for help. */
  readonly name: string;
  /** UTF-16 offsets of the magic with its options and what it is applied to. */
  readonly start: number;
  readonly end: number;
  /** Offset at which the Python code that it is applied to begins; `end` where there is none. */
  readonly code: number;
  readonly options: string;
  /** A line of its own; the first line of a cell (`%%`); the right side of an assignment; inside an expression. */
  readonly place: 'line' | 'cell' | 'assigned' | 'inside';
}

export interface Masked {
  readonly text: string;
  readonly magics: readonly Magic[];
}

/** Magics whose rest is Python code. */
const timing = new Set(['timeit', 'time', 'prun', 'memit', 'mprun', 'lprun', 'capture']);
const lineMagic = /^([ \t]*)(%{1,2}|!{1,2}|\?{1,2})([A-Za-z_][\w.]*)?(.*)$/;
const options = /^[ \t]*(?:-{1,2}\w+(?:[ \t]+\d+(?![\w.]))?[ \t]+)*/;

/** Masks magics. `cells`: offsets at which notebook cells begin (`%%magic` is understood there only). */
export function maskMagics(text: string, cells: readonly number[] = [0]): Masked {
  if (!/[%!?]/.test(text)) return { text, magics: [] };
  const magics: Magic[] = [];
  const out: string[] = [];
  const starts = new Set(cells);
  const state: LexState = { quote: null, depth: 0, continued: false };
  let hidden: 'shell' | null = null;
  let at = 0;
  while (at < text.length) {
    const rest = /\r\n|\n|\r/g;
    rest.lastIndex = at;
    const found = rest.exec(text);
    const end = found ? found.index : text.length;
    const next = found ? rest.lastIndex : text.length;
    if (starts.has(at)) {
      hidden = null;
      state.quote = null;
      state.depth = 0;
      state.continued = false;
    }
    let line = text.slice(at, end);
    const fresh = state.quote === null && state.depth === 0 && !state.continued;
    const match = fresh ? lineMagic.exec(line) : null;
    if (hidden) {
      line = comment(line);
    } else if (match && isMagic(match)) {
      const [, indent = '', sign = '', name = ''] = match;
      const cell = sign === '%%' && starts.has(at);
      const magic = describe(text, at + indent.length, end, sign, name, cell ? 'cell' : 'line');
      magics.push(magic);
      if (cell && !timing.has(name)) hidden = 'shell';
      line = indent === '' ? comment(line) : indent + filler(line.slice(indent.length));
    } else if (fresh && /^[ \t]*[\w.]+\?{1,2}[ \t]*$/.test(line)) {
      magics.push({ name: '?', start: at, end, code: end, options: '', place: 'line' });
      line = comment(line);
    } else {
      line = scanLine(line, at, state, magics, text);
    }
    out.push(line, text.slice(end, next));
    at = next;
  }
  return { text: out.join(''), magics };
}

function isMagic(match: RegExpExecArray): boolean {
  const [, , sign = '', name = ''] = match;
  return sign.startsWith('%') ? name !== '' : true;
}

function describe(text: string, start: number, end: number, sign: string, name: string, place: Magic['place']): Magic {
  if (sign.startsWith('!')) return { name: '!', start, end, code: end, options: '', place };
  if (sign.startsWith('?')) return { name: '?', start, end, code: end, options: '', place };
  const after = start + sign.length + name.length;
  const given = options.exec(text.slice(after, end))?.[0] ?? '';
  const lead = given.length + (/^[ \t]*/.exec(text.slice(after + given.length, end))?.[0].length ?? 0);
  return { name, start, end, code: timing.has(name) ? after + lead : end, options: given.trim(), place };
}

const comment = (line: string): string => (line === '' ? '' : '#' + line.slice(1));
/** A statement of the same length for an indented block, where a comment alone would leave the block empty. */
const filler = (text: string): string =>
  text.length >= 5 ? 'pass#' + text.slice(5) : text.length >= 2 ? '_#' + text.slice(2) : '_';

interface LexState {
  quote: string | null;
  depth: number;
  continued: boolean;
}

/** Follows strings and brackets through a line of Python, and masks magics on the right of `=` and inside brackets. */
function scanLine(line: string, offset: number, state: LexState, magics: Magic[], text: string): string {
  let out = line;
  let i = 0;
  state.continued = false;
  while (i < line.length) {
    const rest = line.slice(i);
    if (state.quote) {
      const closing = line.indexOf(state.quote, i);
      const escape = line.indexOf('\\', i);
      if (escape >= 0 && (closing < 0 || escape < closing)) i = escape + 2;
      else if (closing >= 0) {
        i = closing + state.quote.length;
        state.quote = null;
      } else i = line.length;
      continue;
    }
    const unit = line[i] ?? '';
    if (unit === '#') break;
    if (unit === '"' || unit === "'") {
      const triple = unit.repeat(3);
      state.quote = rest.startsWith(triple) ? triple : unit;
      i += state.quote.length;
      continue;
    }
    if ('([{'.includes(unit)) state.depth++;
    else if (')]}'.includes(unit)) state.depth = Math.max(0, state.depth - 1);
    else if (unit === '%' || unit === '!') {
      const before = line.slice(0, i).trimEnd();
      const name = /^%([A-Za-z]\w*)(?=[ \t])/.exec(rest)?.[1];
      if (state.depth === 0 && /(^|[^=!<>+\-*/%&|^])=$/.test(before) && (unit === '!' || name)) {
        magics.push(describe(text, offset + i, offset + line.length, unit, name ?? '', 'assigned'));
        out = out.slice(0, i) + (out.length - i >= 2 ? '_#' + out.slice(i + 2) : '_');
        break;
      }
      if (unit === '%' && name && timing.has(name) && /(^|[(,=[{:])$/.test(before)) {
        const { code, options: given } = describe(text, offset + i, offset + line.length, '%', name, 'inside');
        const end = offset + i + expressionLength(line.slice(i));
        magics.push({ name, start: offset + i, end, code: Math.min(code, end), options: given, place: 'inside' });
        const blank = code - offset - i;
        out = out.slice(0, i) + ' '.repeat(blank) + out.slice(i + blank);
        i += blank;
        continue;
      }
    }
    i++;
  }
  if (state.quote && state.quote.length === 1 && !line.endsWith('\\')) state.quote = null;
  else if (line.endsWith('\\')) state.continued = true;
  return out;
}

/** How far an expression goes: to the first comma or closing bracket outside brackets and strings, or a comment. */
function expressionLength(text: string): number {
  let depth = 0;
  let quote: string | null = null;
  for (let i = 0; i < text.length; i++) {
    const unit = text[i] ?? '';
    if (quote) {
      if (unit === '\\') i++;
      else if (unit === quote) quote = null;
    } else if (unit === '"' || unit === "'") quote = unit;
    else if ('([{'.includes(unit)) depth++;
    else if (')]}'.includes(unit) && --depth < 0) return text.slice(0, i).trimEnd().length;
    else if ((unit === ',' && depth === 0) || unit === '#') return text.slice(0, i).trimEnd().length;
  }
  return text.trimEnd().length;
}
