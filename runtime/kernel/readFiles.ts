// Answers the interpreter's questions about the machine's files: only inside the given folders, only to read.
import { closeSync, fstatSync, openSync, readSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { pieceBytes } from './channel.ts';
import type { FileStatus } from './files.ts';
import type { FileRequest } from './messages.ts';

const inside = (folder: string, file: string) => {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
};

/** The real path of `file` when it lies inside one of the folders, links resolved; null otherwise. */
function allowed(roots: readonly string[], file: string): string | null {
  try {
    const real = realpathSync(file);
    return roots.some(root => inside(realpathSync(root), real)) ? real : null;
  } catch {
    return null;
  }
}

function readPiece(file: string, offset: number): Uint8Array {
  const handle = openSync(file, 'r');
  try {
    const bytes = new Uint8Array(Math.max(0, Math.min(pieceBytes, fstatSync(handle).size - offset)));
    return bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, offset));
  } finally {
    closeSync(handle);
  }
}

/** The answer to a request in bytes (JSON for status and list), or null. */
export function answerFileRequest(roots: readonly string[], request: FileRequest): Uint8Array | null {
  const json = (value: FileStatus | readonly string[]) => new TextEncoder().encode(JSON.stringify(value));
  const file = allowed(roots, request.path);
  if (file === null) return null;
  try {
    if (request.ask === 'read') return readPiece(file, request.offset);
    if (request.ask === 'list') {
      // A name that cannot be looked up afterwards would spoil the whole listing.
      const entries = readdirSync(file, { withFileTypes: true });
      const shown = entries.filter(entry =>
        entry.isSymbolicLink()
          ? allowed(roots, path.join(file, entry.name)) !== null
          : entry.isFile() || entry.isDirectory(),
      );
      return json(shown.map(entry => entry.name));
    }
    const status = statSync(file);
    if (!status.isFile() && !status.isDirectory()) return null;
    const kind = status.isFile() ? 'file' : 'folder';
    return json({ kind, size: status.size, modified: status.mtimeMs });
  } catch {
    return null;
  }
}
