// Which statements a conversion changed and what each became: places of the original, and of the converted text.
import type { Blocked, Change, Conversion } from '../../shared/findings.ts';
import type { Range } from '../../shared/positions.ts';
import type { Program, SyntaxNode } from '../syntax/index.ts';

export interface ChangedStatement {
  /** Of the original. */
  readonly range: Range;
  readonly before: string;
  readonly after: string;
  /** 0-based lines of the converted text, both included. */
  readonly afterLines: readonly [number, number];
  /** The head of a loop, a condition, a function: it has no value of its own. */
  readonly head: boolean;
  readonly changes: readonly Change[];
  readonly kept: readonly Blocked[];
  /** The function around it, by name. */
  readonly inside: string | null;
  /** That function, converted, returns what it changed, too. */
  readonly returnsMore: boolean;
}

/** A simple statement, or what stands before a block of a compound one. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly node: SyntaxNode;
  readonly head: boolean;
}

const imports: readonly string[] = ['import_statement', 'import_from_statement', 'future_import_statement'];
const isImports = (text: string): boolean =>
  text.split(/\r\n|\n|\r/).every(line => line.trim() === '' || /^(?:import|from)\s/.test(line));

/** In the order of the text; imports are left out. */
export function changedStatements(program: Program, conversion: Conversion): readonly ChangedStatement[] {
  const { source } = program;
  const pieces = piecesOf(program.root);
  const edits = conversion.edits
    .map(({ range, newText }) => ({ start: source.offsetAt(range.start), end: source.offsetAt(range.end), newText }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const rows: { first: number; last: number; edits: number[] }[] = [];
  const add = (start: number, end: number, edit: number | null): void => {
    const hit = pieces.flatMap((piece, at) =>
      piece.start < end && start < piece.end
        ? [at]
        : start === end && piece.start <= start && start <= piece.end
          ? [at]
          : [],
    );
    const [first, last] = [hit[0], hit.at(-1)];
    if (first === undefined || last === undefined) return;
    rows.push({ first, last, edits: edit === null ? [] : [edit] });
  };
  edits.forEach((edit, at) => {
    if (edit.start < edit.end || !isImports(edit.newText)) add(edit.start, edit.end, at);
  });
  const blocked = conversion.units.flatMap(unit => unit.blocked);
  for (const { range } of blocked) {
    const start = source.offsetAt(range.start);
    add(start, start + 1, null);
  }
  return merged(rows).flatMap(row => {
    const [first, last] = [pieces[row.first], pieces[row.last]];
    if (!first || !last || (row.first === row.last && imports.includes(first.node.kind))) return [];
    const own = row.edits.flatMap(at => edits[at] ?? []);
    const start = Math.min(first.start, ...own.map(edit => edit.start));
    const end = Math.max(last.end, ...own.map(edit => edit.end));
    const shift = (list: typeof edits): number =>
      list.reduce((sum, edit) => sum + edit.newText.length - (edit.end - edit.start), 0);
    const from = start + shift(edits.filter((edit, at) => edit.start <= start && !row.edits.includes(at)));
    const to = from + (end - start) + shift(own);
    const [before, after] = [source.text.slice(start, end), conversion.source.slice(from, to)];
    const within = ({ range }: { readonly range: Range }): boolean => {
      const at = source.offsetAt(range.start);
      return start <= at && at < end;
    };
    const kept = blocked.filter(within);
    if (before.trim() === after.trim() && kept.length === 0) return [];
    const inside = first.node.above('function_definition')?.child('name')?.text ?? null;
    const returns = conversion.units.find(({ name }) => name === inside)?.returns ?? [];
    return [
      {
        range: program.range({ start, end }),
        before: tidy(before, indentAt(source.text, start)),
        after: tidy(after, indentAt(conversion.source, from)),
        afterLines: [lineOf(conversion.source, from), lineOf(conversion.source, Math.max(from, to - 1))] as const,
        head: first === last && first.head,
        changes: conversion.changes.filter(within),
        kept,
        inside,
        returnsMore: returns.length > 1 || (returns.length === 1 && returns[0] !== 'return'),
      },
    ];
  });
}

/** Rows that share a piece are one. */
function merged<Row extends { first: number; last: number; edits: number[] }>(rows: readonly Row[]): readonly Row[] {
  const sorted = [...rows].sort((a, b) => a.first - b.first || b.last - a.last);
  const made: Row[] = [];
  for (const row of sorted) {
    const before = made.at(-1);
    if (before && row.first <= before.last) {
      before.last = Math.max(before.last, row.last);
      before.edits.push(...row.edits);
    } else made.push({ ...row, edits: [...row.edits] });
  }
  return made;
}

function piecesOf(block: SyntaxNode): readonly Piece[] {
  return block.items.flatMap(node => {
    const blocks = blocksIn(node);
    if (blocks.length === 0) return [{ start: node.start, end: node.end, node, head: false }];
    let at = node.start;
    return blocks.flatMap(inner => {
      const head = { start: at, end: inner.start - trailing(node, inner), node, head: true };
      at = inner.end;
      return [head, ...piecesOf(inner)];
    });
  });
}

/** White space between a head and its block. */
const trailing = (node: SyntaxNode, inner: SyntaxNode): number => {
  const head = node.text.slice(0, inner.start - node.start);
  return head.length - head.trimEnd().length;
};

/** The blocks of a compound statement, not those inside of them. */
const blocksIn = (node: SyntaxNode): readonly SyntaxNode[] =>
  node.children.flatMap(child => (child.kind === 'block' ? [child] : child.kind === 'lambda' ? [] : blocksIn(child)));

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split(/\r\n|\n|\r/).length - 1;
const indentAt = (text: string, offset: number): string =>
  /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';

/** Further lines without the indentation of the statement. */
const tidy = (text: string, indent: string): string =>
  text
    .trim()
    .split(/\r\n|\n|\r/)
    .map(line => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
