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

/** Folders of the interpreter itself: nothing may be laid over them. */
const reserved = new Set(['/', '/lib', '/dev', '/proc']);

/** What is to be mounted: each folder once, and none that lies inside another. */
export function outermost(roots: readonly string[]): readonly string[] {
  const inside = (root: string, other: string) => root !== other && root.startsWith(other.replace(/[\\/]*$/, '/'));
  return [...new Set(roots)].filter(
    root =>
      !reserved.has(kernelPath(root)) &&
      !roots.some(other => inside(root.replaceAll('\\', '/'), other.replaceAll('\\', '/'))),
  );
}

type Operations = Record<string, (...args: never[]) => unknown>;
interface MemoryNode {
  contents: unknown;
  usedBytes: number;
  mtime: number;
  node_ops: Operations;
  stream_ops: Operations;
}
interface MemoryFileSystem {
  createNode(parent: MemoryNode | null, name: string, mode: number, device: number): MemoryNode;
}

const folderMode = 0o40755;
const fileMode = 0o100644;
const noSuchFile = 44;

/**
 * Mounts `root`; nodes are those of Emscripten's memory file system, filled on demand. The function that it returns is called
 * before a run: files that changed on the machine since are read again.
 */
export function mountFolder(fs: FileSystem, files: FileSource, root: string): () => void {
  let epoch = 0;
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
    let own = false;
    let checked = epoch;
    const describe = ({ size, modified }: FileStatus) => {
      node.usedBytes = size;
      node.mtime = modified;
    };
    /** Once per run: has the file changed on the machine? What the program wrote itself stays. */
    const check = () => {
      if (own || checked === epoch) return;
      checked = epoch;
      const now = files.status(path);
      if (now?.kind !== 'file') throw new fs.ErrnoError(noSuchFile);
      if (now.size !== status.size || now.modified !== status.modified) loaded = false;
      if (!loaded) describe((status = now));
    };
    const load = () => {
      check();
      if (loaded) return;
      const bytes = files.read(path);
      if (!bytes) throw new fs.ErrnoError(noSuchFile);
      loaded = true;
      node.contents = bytes;
      node.usedBytes = bytes.length;
    };
    const original = (operations: Operations, name: string, args: unknown[]) =>
      Reflect.apply(operations[name] as (...args: unknown[]) => unknown, operations, args);
    describe(status);
    node.node_ops = {
      ...attributes,
      getattr(...args) {
        check();
        return original(attributes, 'getattr', args);
      },
      setattr(target: MemoryNode, change: { size?: number }) {
        if (change.size === 0 && !loaded) [loaded, node.contents] = [true, new Uint8Array(0)];
        else load();
        own ||= change.size !== undefined;
        return original(attributes, 'setattr', [target, change]);
      },
    };
    node.stream_ops = {
      ...stream,
      open: load,
      write(...args) {
        own = true;
        return original(stream, 'write', args);
      },
    };
    return node;
  }

  const at = kernelPath(root);
  fs.mkdirTree(at);
  fs.mount({ mount: () => folderNode(null, '/', root) }, {}, at);
  return () => void epoch++;
}
