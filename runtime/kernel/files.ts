// The user's files inside the interpreter: folders of the machine, mounted read-only. A name is looked up, listed and read
// when Python first asks; what a program writes, renames or deletes stays in memory and is gone with the interpreter.
import type { FileSystem } from './boot.ts';

export interface FileStatus {
  readonly kind: 'file' | 'folder';
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Reads of the machine's files; paths are the machine's own. Null where there is nothing, or nothing that may be read. */
export interface FileSource {
  status(path: string): FileStatus | null;
  list(folder: string): readonly string[] | null;
  read(path: string): Uint8Array | null;
}

/** Name inside the interpreter of a path of the machine: itself, except for drives and for the root folder. */
export function kernelPath(path: string): string {
  if (path === '/') return '/workspace';
  const drive = /^([A-Za-z]):[\\/]/.exec(path);
  return drive ? `/${drive[1]}:/${path.slice(3).replaceAll('\\', '/')}`.replace(/\/+$/, '') : path;
}

interface MemoryNode {
  contents: unknown;
  usedBytes: number;
  mtime: number;
  node_ops: Record<string, (...args: never[]) => unknown>;
  stream_ops: Record<string, (...args: never[]) => unknown>;
}
interface MemoryFileSystem {
  createNode(parent: MemoryNode | null, name: string, mode: number, device: number): MemoryNode;
}

const folderMode = 0o40755;
const fileMode = 0o100644;
const noSuchFile = 44;

/** Mounts `root`; nodes are those of Emscripten's memory file system, filled on demand. */
export function mountFolder(fs: FileSystem, files: FileSource, root: string): void {
  const memory = fs.filesystems.MEMFS as MemoryFileSystem;
  const join = (folder: string, name: string) => (/[\\/]$/.test(folder) ? folder + name : `${folder}/${name}`);

  function folderNode(parent: MemoryNode | null, name: string, path: string): MemoryNode {
    const node = memory.createNode(parent, name, folderMode, 0);
    const original = node.node_ops;
    const gone = new Set<string>();
    const forget =
      (operation: string) =>
      (folder: MemoryNode, child: string): unknown => {
        gone.add(child);
        return Reflect.apply(original[operation] as () => unknown, original, [folder, child]);
      };
    node.node_ops = {
      ...original,
      lookup(folder: MemoryNode, child: string) {
        const place = join(path, child);
        const status = gone.has(child) ? null : files.status(place);
        if (!status) throw new fs.ErrnoError(noSuchFile);
        return status.kind === 'folder' ? folderNode(folder, child, place) : fileNode(folder, child, place, status);
      },
      readdir(folder: MemoryNode) {
        const found = (files.list(path) ?? []).filter(each => !gone.has(each));
        return [...new Set(['.', '..', ...Object.keys(folder.contents as object), ...found])];
      },
      unlink: forget('unlink'),
      rmdir: forget('rmdir'),
      rename(child: MemoryNode & { name: string }, folder: MemoryNode, to: string) {
        gone.add(child.name);
        return Reflect.apply(original.rename as () => unknown, original, [child, folder, to]);
      },
    };
    return node;
  }

  function fileNode(parent: MemoryNode, name: string, path: string, status: FileStatus): MemoryNode {
    const node = memory.createNode(parent, name, fileMode, 0);
    const { node_ops: attributes, stream_ops: stream } = node;
    let loaded = false;
    const load = () => {
      if (loaded) return;
      loaded = true;
      const bytes = files.read(path);
      if (!bytes) throw new fs.ErrnoError(noSuchFile);
      node.contents = bytes;
      node.usedBytes = bytes.length;
    };
    node.usedBytes = status.size;
    node.mtime = status.modified;
    node.node_ops = {
      ...attributes,
      setattr(target: MemoryNode, change: { size?: number }) {
        if (change.size === 0 && !loaded) [loaded, node.contents] = [true, new Uint8Array(0)];
        else load();
        return Reflect.apply(attributes.setattr as () => unknown, attributes, [target, change]);
      },
    };
    node.stream_ops = { ...stream, open: load };
    return node;
  }

  const at = kernelPath(root);
  fs.mkdirTree(at);
  fs.mount({ mount: () => folderNode(null, '/', root) }, {}, at);
}
