// The process that runs the window's programs: started when it is needed, ended when it is idle or the window closes, started anew
// after it died. Says when the names of earlier runs are gone.
import * as vscode from 'vscode';
import { Kernel, type StartOptions } from '../../kernel/index.ts';
import { setting } from '../settings.ts';

export interface Loss {
  /** The process ended by itself; its interpreter was replaced; the user restarted it; it was ended for another reason. */
  readonly cause: 'died' | 'replaced' | 'restarted' | 'ended';
  readonly reason: string;
}

const folderOf = (uri: vscode.Uri): string => vscode.Uri.joinPath(uri, '..').fsPath;

/** Folder of a program on disk; null for one that has none. */
export const diskFolder = (uri: vscode.Uri): string | null => (uri.scheme === 'file' ? folderOf(uri) : null);

export class KernelHost implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #lost = new vscode.EventEmitter<Loss>();
  readonly onDidLose = this.#lost.event;
  #kernel: Promise<Kernel> | null = null;
  #options: StartOptions = {};
  #idle: NodeJS.Timeout | null = null;
  /** Uses that keep the process from being idle. */
  #users = 0;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /** The kernel if there is one; it may still be starting. */
  get current(): Promise<Kernel> | null {
    return this.#kernel;
  }

  /** A kernel that may read `folder`, started where there is none. */
  async get(folder: string | null): Promise<Kernel> {
    if (this.#kernel && folder !== null && !covers(this.#options.roots ?? [], folder))
      await this.#end('The kernel was started again, to read another folder.');
    if (this.#kernel) return this.#kernel;
    const options = { ...this.#wanted(), roots: rootsWith(folder) };
    this.#options = options;
    const started = Kernel.start(options, {
      restarted: reason => {
        if (this.#kernel === started) this.#lost.fire({ cause: 'replaced', reason });
      },
      closed: () => {
        if (this.#kernel !== started) return;
        this.#kernel = null;
        this.#log.error('The kernel process ended.');
        this.#lost.fire({ cause: 'died', reason: 'its process ended' });
      },
    });
    this.#kernel = started;
    started.then(
      kernel => {
        this.#log.info(`The kernel started in ${Math.round(kernel.startMs)} ms (process ${kernel.pid}).`);
        this.#watch();
      },
      () => {
        if (this.#kernel === started) this.#kernel = null;
      },
    );
    return started;
  }

  /** Keeps the process alive while `work` goes on. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    this.#users++;
    try {
      return await work();
    } finally {
      this.#users--;
      this.#watch();
    }
  }

  /** A new interpreter, with the settings as they are now. */
  async restart(): Promise<void> {
    const kernel = await this.#kernel?.catch(() => null);
    if (!kernel) return;
    const wanted = JSON.stringify(this.#wanted());
    const { roots: _, ...present } = this.#options;
    if (JSON.stringify(present) === wanted) {
      const restarted = new Promise<void>(resolve => {
        const once = this.onDidLose(() => {
          once.dispose();
          resolve();
        });
      });
      kernel.restart();
      await restarted;
    } else await this.#end('The kernel was restarted.', 'restarted');
  }

  #wanted(): StartOptions {
    const node = setting('tensorlift.runtime.node');
    return {
      memoryLimit: Math.min(4096, setting('tensorlift.run.memoryLimit')) * 2 ** 20,
      standby: setting('tensorlift.run.standby'),
      ...(node ? { node } : {}),
    };
  }

  /** Ends the process after the time that the setting allows without use. */
  #watch(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    const minutes = setting('tensorlift.run.idleTimeout');
    if (this.#users || !this.#kernel || !minutes) return;
    this.#idle = setTimeout(() => {
      if (!this.#users) void this.#end(`The kernel was not used for ${minutes} minutes and was ended.`);
    }, minutes * 60_000);
  }

  async #end(reason: string, cause: Loss['cause'] = 'ended'): Promise<void> {
    const old = this.#kernel;
    this.#kernel = null;
    if (!old) return;
    this.#log.info(reason);
    this.#lost.fire({ cause, reason });
    await old.then(
      kernel => kernel.close(),
      () => undefined,
    );
  }

  dispose(): void {
    if (this.#idle) clearTimeout(this.#idle);
    const old = this.#kernel;
    this.#kernel = null;
    void old?.then(
      kernel => kernel.close(),
      () => undefined,
    );
    this.#lost.dispose();
  }
}

const inside = (folder: string, root: string): boolean =>
  folder === root || folder.startsWith(/[\\/]$/.test(root) ? root : root + (root.includes('\\') ? '\\' : '/'));

const covers = (roots: readonly string[], folder: string): boolean => roots.some(root => inside(folder, root));

/** Folders that Python may read: the workspace's, and those of the Python files that are open. */
function rootsWith(folder: string | null): readonly string[] {
  const { workspaceFolders, textDocuments } = vscode.workspace;
  const roots = (workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
  const open = textDocuments.filter(({ languageId }) => languageId === 'python').map(({ uri }) => diskFolder(uri));
  for (const each of [folder, ...open]) if (each !== null && !covers(roots, each)) roots.push(each);
  return roots;
}
