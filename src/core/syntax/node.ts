// The concrete syntax tree as plain objects. Kinds and fields are those of tree-sitter-python; the tree is copied out of
// the parser once, so that nodes are cheap to read, need no freeing, and can be keys by their `id`.

export type FieldName =
  | 'alias'
  | 'alternative'
  | 'argument'
  | 'arguments'
  | 'attribute'
  | 'body'
  | 'cause'
  | 'code'
  | 'condition'
  | 'consequence'
  | 'definition'
  | 'expression'
  | 'format_specifier'
  | 'function'
  | 'guard'
  | 'key'
  | 'left'
  | 'module_name'
  | 'name'
  | 'object'
  | 'operator'
  | 'operators'
  | 'parameters'
  | 'return_type'
  | 'right'
  | 'subject'
  | 'subscript'
  | 'superclasses'
  | 'type'
  | 'type_conversion'
  | 'type_parameters'
  | 'value';

export class SyntaxNode {
  /** Position in preorder: the root is 0, and a node's descendants have greater ids. */
  readonly id: number;
  /** Kind of the grammar: `call`, `binary_operator`, `ERROR`, or the token itself for anonymous nodes (`+`, `for`). */
  readonly kind: string;
  readonly named: boolean;
  /** Inserted by the parser where the text lacks it; its range is empty. */
  readonly missing: boolean;
  readonly field: string | null;
  /** UTF-16 offsets into the program's text. */
  readonly start: number;
  readonly end: number;
  readonly parent: SyntaxNode | null;
  readonly children: readonly SyntaxNode[] = [];
  readonly #text: string;

  constructor(
    text: string,
    parts: Pick<SyntaxNode, 'id' | 'kind' | 'named' | 'missing' | 'field' | 'start' | 'end' | 'parent'>,
  ) {
    this.#text = text;
    this.id = parts.id;
    this.kind = parts.kind;
    this.named = parts.named;
    this.missing = parts.missing;
    this.field = parts.field;
    this.start = parts.start;
    this.end = parts.end;
    this.parent = parts.parent;
  }

  get text(): string {
    return this.#text.slice(this.start, this.end);
  }

  /** Named children without comments. */
  get items(): readonly SyntaxNode[] {
    return this.children.filter(child => child.named && child.kind !== 'comment');
  }

  /** The first child in a field. */
  child(field: FieldName): SyntaxNode | null {
    for (const child of this.children) if (child.field === field) return child;
    return null;
  }

  /** All children in a field (`subscript`, `name`, `operators`, `alternative`). */
  all(field: FieldName): readonly SyntaxNode[] {
    return this.children.filter(child => child.field === field);
  }

  /** The first child of a kind. */
  first(kind: string): SyntaxNode | null {
    for (const child of this.children) if (child.kind === kind) return child;
    return null;
  }

  /** The nearest node above this one (not itself) of one of the kinds. */
  above(...kinds: readonly string[]): SyntaxNode | null {
    for (let node = this.parent; node; node = node.parent) if (kinds.includes(node.kind)) return node;
    return null;
  }

  contains(other: SyntaxNode): boolean {
    return this.start <= other.start && other.end <= this.end && this.id <= other.id;
  }

  /** This node and everything below it, in the order of the text. */
  *walk(): Generator<SyntaxNode> {
    const stack: SyntaxNode[] = [this];
    for (let node = stack.pop(); node; node = stack.pop()) {
      yield node;
      for (let i = node.children.length - 1; i >= 0; i--) {
        const child = node.children[i];
        if (child) stack.push(child);
      }
    }
  }
}

export const functionKinds = ['function_definition', 'lambda'] as const;
export const loopKinds = ['for_statement', 'while_statement'] as const;
export const comprehensionKinds = [
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
] as const;

/** Parentheses around an expression do not change it: the expression inside. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.kind === 'parenthesized_expression') {
    const next = inner.items[0];
    if (!next) break;
    inner = next;
  }
  return inner;
}

/** The statement that a node belongs to: the child of the nearest block or module. */
export function statementOf(node: SyntaxNode): SyntaxNode {
  let statement = node;
  while (statement.parent && !['block', 'module'].includes(statement.parent.kind)) statement = statement.parent;
  return statement;
}
