// Syntax: the door of the room.
export { Source, applyEdits, overlaps } from './source.ts';
export { SyntaxNode, comprehensionKinds, functionKinds, loopKinds, statementOf, unwrap } from './node.ts';
export type { FieldName } from './node.ts';
export { createParser } from './parser.ts';
export type { Parser, Program } from './parser.ts';
export { maskMagics } from './magics.ts';
export type { Magic } from './magics.ts';
export { readNotebook } from './notebook.ts';
export type { Notebook, NotebookCell } from './notebook.ts';
export { isIgnored } from './comments.ts';
export type { Ignores, ShapeComment } from './comments.ts';
