// Text → Program: magics masked, parsed by tree-sitter, the tree copied out, directives read. Tolerant: a text with errors
// gives a tree with ERROR nodes, never an exception.
import { Language, Parser as TreeSitter } from 'web-tree-sitter';
import type { TreeCursor } from 'web-tree-sitter';
import type { Range } from '../../shared/positions.ts';
import { Source } from './source.ts';
import { SyntaxNode } from './node.ts';
import { maskMagics } from './magics.ts';
import type { Magic } from './magics.ts';
import { readIgnores, readShapes } from './comments.ts';
import type { Ignores, ShapeComment } from './comments.ts';

export interface Program {
  readonly source: Source;
  readonly root: SyntaxNode;
  /** All nodes by id, in preorder. */
  readonly nodes: readonly SyntaxNode[];
  readonly comments: readonly SyntaxNode[];
  readonly magics: readonly Magic[];
  readonly ignores: Ignores;
  readonly shapes: ReadonlyMap<number, ShapeComment>;
  readonly hasErrors: boolean;
  /** Where the text first stops being Python; null where it never does. */
  readonly error: SyntaxNode | null;
  /** The text is made of notebook cells, where magics are allowed. */
  readonly isNotebook: boolean;
  range(node: { readonly start: number; readonly end: number }): Range;
}

export interface Parser {
  /** `cells`: where notebook cells begin (UTF-16 offsets). */
  parse(text: string, cells?: readonly number[]): Program;
}

/** Loads the grammar. `wasm`: the bytes (or a path or address) of web-tree-sitter.wasm and tree-sitter-python.wasm. */
export async function createParser(wasm: {
  readonly runtime: Uint8Array | string;
  readonly python: Uint8Array | string;
}): Promise<Parser> {
  const { runtime } = wasm;
  await TreeSitter.init(
    typeof runtime === 'string' ? { locateFile: () => runtime } : { wasmBinary: runtime as Uint8Array<ArrayBuffer> },
  );
  const language = await Language.load(wasm.python);
  const parser = new TreeSitter();
  parser.setLanguage(language);
  return { parse: (text, cells) => parse(parser, language, text, cells) };
}

const isError = (node: SyntaxNode): boolean => node.kind === 'ERROR' || node.missing;

function parse(parser: TreeSitter, language: Language, text: string, cells?: readonly number[]): Program {
  const source = new Source(text);
  const masked = maskMagics(text, cells ?? [0]);
  // A byte order mark is a blank to the grammar's scanner only when it is one blank wide.
  const readable = masked.text.startsWith('\uFEFF') ? ' ' + masked.text.slice(1) : masked.text;
  parser.reset();
  const tree = parser.parse(unindentFirst(readable));
  if (!tree) throw new Error('the parser gave no tree');
  const nodes: SyntaxNode[] = [];
  const cursor = tree.walk();
  const root = copy(cursor, language, text, nodes);
  cursor.delete();
  tree.delete();
  const comments = nodes.filter(node => node.kind === 'comment');
  return {
    source,
    root,
    nodes,
    comments,
    magics: masked.magics,
    ignores: readIgnores(source, comments),
    shapes: readShapes(source, comments),
    hasErrors: nodes.some(isError),
    error: nodes.find(isError) ?? null,
    isNotebook: cells !== undefined,
    range: node => source.range(node.start, node.end),
  };
}

/** The blank that stands for a byte order mark would indent the first line: a form feed does not. */
const unindentFirst = (text: string): string => (text.startsWith(' ') ? '\f' + text.slice(1) : text);

function copy(cursor: TreeCursor, language: Language, text: string, nodes: SyntaxNode[]): SyntaxNode {
  const open = (parent: SyntaxNode | null): SyntaxNode => {
    const fieldId = cursor.currentFieldId;
    const node = new SyntaxNode(text, {
      id: nodes.length,
      kind: kindName(language, cursor.nodeTypeId, cursor),
      named: cursor.nodeIsNamed,
      missing: cursor.nodeIsMissing,
      field: fieldId ? language.fieldNameForId(fieldId) : null,
      start: cursor.startIndex,
      end: cursor.endIndex,
      parent,
    });
    nodes.push(node);
    if (parent) (parent.children as SyntaxNode[]).push(node);
    return node;
  };
  const root = open(null);
  let node = root;
  for (;;) {
    if (cursor.gotoFirstChild()) {
      node = open(node);
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (!node.parent || !cursor.gotoParent()) return root;
      node = node.parent;
      if (node === root) return root;
    }
    node = open(node.parent);
  }
}

const kindNames = new Map<number, string>();
function kindName(language: Language, id: number, cursor: TreeCursor): string {
  const known = kindNames.get(id);
  if (known !== undefined) return known;
  const name = language.nodeTypeForId(id) ?? cursor.nodeType;
  kindNames.set(id, name);
  return name;
}
