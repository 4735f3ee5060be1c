// Colours for Python in the report, line by line: keywords, strings, numbers, comments, calls. The editor has its own grammar.

type Kind = 'comment' | 'string' | 'keyword' | 'number' | 'call';
const pattern =
  /(#.*$)|((?:[rbfu]{0,2})(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?))|\b(and|as|assert|async|await|break|class|continue|def|del|elif|else|except|False|finally|for|from|global|if|import|in|is|lambda|None|nonlocal|not|or|pass|raise|return|True|try|while|with|yield)\b|\b(\d[\w.]*(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)(?=\()/g;
const kinds: readonly Kind[] = ['comment', 'string', 'keyword', 'number', 'call'];

export function pieces(line: string): (readonly [Kind | null, string])[] {
  const found: (readonly [Kind | null, string])[] = [];
  let at = 0;
  for (const match of line.matchAll(pattern)) {
    if (match.index > at) found.push([null, line.slice(at, match.index)]);
    found.push([kinds[match.slice(1).findIndex(part => part !== undefined)] ?? null, match[0]]);
    at = match.index + match[0].length;
  }
  if (at < line.length) found.push([null, line.slice(at)]);
  return found;
}
