// The Python parser for tests: loaded once from node_modules.
import { readFileSync } from 'node:fs';
import { createParser } from '../../src/core/syntax/index.ts';
import type { Parser, Program } from '../../src/core/syntax/index.ts';

const bytes = (path: string): Uint8Array => readFileSync(new URL(`../../node_modules/${path}`, import.meta.url));
let parser: Promise<Parser> | null = null;

export function loadParser(): Promise<Parser> {
  parser ??= createParser({
    runtime: bytes('web-tree-sitter/web-tree-sitter.wasm'),
    python: bytes('tree-sitter-python/tree-sitter-python.wasm'),
  });
  return parser;
}

export const parsePython = async (text: string): Promise<Program> => (await loadParser()).parse(text);
