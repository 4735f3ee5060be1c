// Text → analysis, with one parser for the life of the process.
import { readFile } from 'node:fs/promises';
import { analyze, type Analysis } from '../core/infer/index.ts';
import { createParser, maskMagics, readNotebook, type Notebook, type Parser } from '../core/syntax/index.ts';
import { assetPath } from '../kernel/index.ts';

let parser: Promise<Parser> | null = null;

/** The parser; loaded at the first call. */
export function sharedParser(): Promise<Parser> {
  parser ??= Promise.all([
    readFile(assetPath('grammar/web-tree-sitter.wasm')),
    readFile(assetPath('grammar/tree-sitter-python.wasm')),
  ]).then(([runtime, python]) => createParser({ runtime, python }));
  return parser;
}

export interface Document {
  /** Python text: of the file, or of a notebook's code cells one after the other. */
  readonly text: string;
  readonly analysis: Analysis;
  readonly notebook: Notebook | null;
}

/** The text as Python runs it: magics of notebooks are blanked, every position stays. */
export const plainText = ({ text, notebook }: Pick<Document, 'text' | 'notebook'>): string =>
  notebook ? maskMagics(text, notebook.starts).text : text;

/** The name under which the program of a notebook runs. */
export const programPath = (path: string): string => path.replace(/\.ipynb$/, '.py');

export async function openDocument(text: string, path: string): Promise<Document> {
  const { parse } = await sharedParser();
  const notebook = path.endsWith('.ipynb') ? readNotebook(text) : null;
  const python = notebook ? notebook.text : text;
  const program = notebook ? parse(python, notebook.starts) : parse(python);
  return { text: python, analysis: analyze(program), notebook };
}
