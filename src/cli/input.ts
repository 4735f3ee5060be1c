// Reading what the arguments name: files, folders, standard input.
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { usage } from './failure.ts';

export interface Input {
  /** As the user wrote it. */
  readonly name: string;
  /** Absolute; a file in the current folder for standard input. */
  readonly path: string;
  readonly text: string;
}

const extensions = new Set(['.py', '.ipynb']);
/** Folders that hold other people's code. */
const skipped = new Set(['node_modules', '__pycache__', 'site-packages', 'venv', 'env']);

async function standardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Text of a file; a byte order mark is dropped, everything else stays as it is. */
export function decode(bytes: Uint8Array, name: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\0')) throw usage(`${name} is not a text file.`);
    return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw usage(`${name} is not UTF-8.`, 'Save it as UTF-8; Python 3 expects that too.');
  }
}

export async function readInput(name: string): Promise<Input> {
  if (name === '-')
    return { name: '<stdin>', path: path.resolve('<stdin>'), text: decode(await standardInput(), 'Standard input') };
  const file = path.resolve(name);
  const status = await stat(file).catch(() => null);
  if (!status) throw usage(`${name} does not exist.`);
  if (status.isDirectory()) throw usage(`${name} is a folder; a Python file is expected.`);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw usage(`${name} cannot be read (${error.code ?? error.message}).`);
  });
  return { name, path: file, text: decode(bytes, name) };
}

/** Files and notebooks under the paths, in a stable order. */
export async function expand(names: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name)) await walk(file);
      else if (entry.isFile() && extensions.has(path.extname(entry.name))) found.push(file);
    }
  };
  for (const name of names) {
    const status = name === '-' ? null : await stat(name).catch(() => null);
    if (status?.isDirectory()) await walk(name);
    else found.push(name);
  }
  return [...new Set(found)];
}
